/**
 * StringMatches: `*` stands for any text, also none; `\*` and `\\` for a star and a backslash. In time of the text's length times
 * the pattern's at worst, whatever the stars: the last star alone is tried again.
 */
export function matchesWildcard(text: string, pattern: string): boolean {
  const parts = readPattern(pattern);
  let [at, part] = [0, 0];
  let retry: { at: number; readonly part: number } | undefined;
  while (at < text.length || part < parts.length) {
    const expected = parts[part];
    if (expected === ANY) {
      part++;
      retry = { at, part };
    } else if (at < text.length && expected === text[at]) {
      at++;
      part++;
    } else if (retry !== undefined && retry.at < text.length) {
      retry.at++;
      at = retry.at;
      part = retry.part;
    } else {
      return false;
    }
  }
  return true;
}

const ANY = Symbol('any text');

function readPattern(pattern: string): readonly (string | typeof ANY)[] {
  const parts: (string | typeof ANY)[] = [];
  for (let at = 0; at < pattern.length; at++) {
    let character = pattern[at] ?? '';
    if (character === '\\' && at + 1 < pattern.length) {
      at++;
      character = pattern[at] ?? '';
      parts.push(character);
    } else {
      parts.push(character === '*' ? ANY : character);
    }
  }
  return parts;
}
