import type { Manifest } from '../../run/manifest.ts';

/** The command that starts the same run again: what was not left at its default, by whatever way it was given. */
export function commandOf({ experiment, parameters, cloud, thresholds, seed }: Manifest): string {
  const flags = Object.entries(parameters)
    .filter(([, { origin }]) => origin !== 'default')
    .flatMap(([name, { value }]) => parameterFlag(kebabCase(name), value));
  const request = cloud?.request;
  const chosen = (['target', 'profile', 'region', 'role'] as const).flatMap((name) => {
    const value = request?.[name] ?? null;
    return value === null ? [] : [`--${name}`, value];
  });
  return [
    'npm run lab --',
    experiment.id,
    ...flags,
    ...chosen,
    ...(request?.useAmbientCredentials === true ? ['--use-ambient-credentials'] : []),
    ...thresholds.flatMap((threshold) => ['--threshold', threshold]),
    '--seed',
    String(seed),
  ]
    .map((word, index) => (index === 0 ? word : quoted(word)))
    .join(' ');
}

/** The words of a shell command as it would be typed. */
export function quotedCommand(words: readonly string[]): string {
  return words.map(quoted).join(' ');
}

function parameterFlag(flag: string, value: unknown): readonly string[] {
  if (typeof value === 'boolean') return [value ? `--${flag}` : `--no-${flag}`];
  return [`--${flag}`, typed(value)];
}

/** `inputBucket` -> `input-bucket`. */
function kebabCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** A value as a flag takes it: lists with commas, `none` for null. */
export function typed(value: unknown): string {
  if (value === null) return 'none';
  if (Array.isArray(value)) return value.map(typed).join(',');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Safe to paste into a POSIX shell. */
function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
