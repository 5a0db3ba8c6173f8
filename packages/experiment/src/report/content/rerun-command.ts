import { flagText, kebabCase } from '../../command-line.ts';
import type { Manifest } from '../../run/manifest.ts';

/** The command that starts the same run again: what was not left at its default, by whatever way it was given. */
export function rerunCommand({ experiment, parameters, cloud, thresholds, seed }: Manifest): string {
  const flags = Object.entries(parameters)
    .filter(([, { origin }]) => origin !== 'default')
    .flatMap(([name, { value }]) => parameterFlag(kebabCase(name), value));
  const request = cloud?.request;
  const chosen = (['target', 'profile', 'region', 'role'] as const).flatMap((name) => {
    const value = request?.[name] ?? null;
    return value === null ? [] : [`--${name}`, value];
  });
  return `npm run lab -- ${quotedCommand([
    experiment.id,
    ...flags,
    ...chosen,
    ...(request?.useAmbientCredentials === true ? ['--use-ambient-credentials'] : []),
    ...thresholds.flatMap((threshold) => ['--threshold', threshold]),
    '--seed',
    String(seed),
  ])}`;
}

/** The words of a shell command as it would be typed. */
export function quotedCommand(words: readonly string[]): string {
  return words.map(quoted).join(' ');
}

function parameterFlag(flag: string, value: unknown): readonly string[] {
  if (typeof value === 'boolean') return [value ? `--${flag}` : `--no-${flag}`];
  return [`--${flag}`, flagText(value)];
}

/** Safe to paste into a POSIX shell. */
function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
