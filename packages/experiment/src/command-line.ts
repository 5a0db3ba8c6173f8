// An entry of its own: a command line that only spells its flags need not load the runner.

/** A parameter as its flag is called: `inputBucket` -> `input-bucket`. */
export function kebabCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** A value as a flag takes it: lists with commas, `none` for null. */
export function flagText(value: unknown): string {
  if (value === null) return noneWord;
  if (Array.isArray(value)) return value.map(flagText).join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** How null is typed. */
export const noneWord = 'none';

/** A value for people to read: what takes no character to type is named. */
export function shownValue(value: unknown): string {
  const text = flagText(value);
  return text === '' ? '(empty)' : text;
}
