import { type Block, emptyLine, text } from './block.ts';
import type { HomeEntry } from './entry.ts';

/** How a run that was started from here ended. */
export interface RunResult {
  readonly id: string;
  readonly title: string;
  readonly exitCode: number;
  /** Why it did not even begin. */
  readonly reason?: string;
}

const meanings: Readonly<Record<number, string>> = {
  0: 'valid',
  1: 'failed',
  2: 'refused',
  3: 'NOT VALID',
  99: 'thresholds broken',
  130: 'stopped',
};

/** From the one that says the least to the one that says the most. */
const severity = [0, 99, 3, 2, 1, 130];

export function worstOf(results: readonly RunResult[]): number {
  return results
    .map(({ exitCode }) => exitCode)
    .reduce((worst, code) => (severity.indexOf(code) > severity.indexOf(worst) ? code : worst), 0);
}

/** One line a run, for the scrollback. */
export function summaryLines(results: readonly RunResult[]): readonly string[] {
  return results.map(({ title, exitCode }) => `${meaningOf(exitCode).padEnd(18)}${title}`);
}

/** The same for the screen, with the verdicts. */
export function resultBlocks(results: readonly RunResult[], entries: readonly HomeEntry[]): readonly Block[] {
  return results.flatMap(({ id, title, exitCode, reason }) => {
    const entry = entries.find((one) => one.id === id);
    const newest = entry === undefined || entry.kind === 'broken' ? undefined : entry.newest;
    const headline = newest?.kind === 'run' ? newest.headline : undefined;
    const hasResult = headline !== undefined && [0, 3, 99].includes(exitCode);
    return [
      text(title, 'heading'),
      text(`${meaningOf(exitCode)} (exit code ${exitCode})`, exitCode === 0 ? 'good' : 'bad'),
      ...(hasResult
        ? [text(headline)]
        : exitCode === 0
          ? []
          : [text(reason ?? 'b on the list shows why; so does the terminal, after q.', 'faint')]),
      emptyLine,
    ];
  });
}

function meaningOf(exitCode: number): string {
  return meanings[exitCode] ?? `exit code ${exitCode}`;
}
