import { describeDifference } from '../compare/difference.ts';
import type { CaseResult } from '../run/case-result.ts';
import { LEVELS, type Level, reasons, type Tally, tally, tallyByGroup } from './tally.ts';

const HEADER = ['group', 'cases', '(a) result', '(b) types', '(c) events', 'not applicable'];

/** The table, the reasons why cases do not apply, and every failing id with its first differences. */
export function report(results: readonly CaseResult[]): string {
  const rows = [...tallyByGroup(results)].map(([group, line]) => row(group, line));
  const table = columns([HEADER, ...rows, row('all', tally(results))]);
  const apart = reasons(results).map(([reason, count]) => `  ${count}  ${reason}`);
  const failing = results.flatMap(failures);
  return [
    '(a) status, output and error; (b) event types in order; (c) events whole: ids, links, details. Of those that can be judged.',
    '',
    ...table,
    '',
    'Not applicable:',
    ...(apart.length === 0 ? ['  none'] : apart),
    '',
    'Failing:',
    ...(failing.length === 0 ? ['  none'] : failing),
  ].join('\n');
}

function row(name: string, { cases, notApplicable, ...levels }: Tally): string[] {
  return [name, String(cases), ...LEVELS.map((level) => fraction(levels[level])), String(notApplicable)];
}

function fraction({ passed, of }: Level): string {
  return of === 0 ? '-' : `${passed}/${of}`;
}

function failures(result: CaseResult): string[] {
  const name = result.isSelfContained ? result.id : `${result.id} (needs other services)`;
  if (result.kind === 'failed') return [`  ${name}\n      ${result.reason}`];
  if (result.kind === 'tested' && result.failure !== undefined)
    return [`  ${result.id}\n      ${result.failure}`];
  if (result.kind !== 'compared') return [];
  const differences = LEVELS.flatMap((level, index) => {
    const difference = result.comparison[level];
    return typeof difference === 'object'
      ? [`      (${'abc'[index]}) ${describeDifference(difference)}`]
      : [];
  });
  return differences.length === 0 ? [] : [`  ${name}`, ...differences];
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = HEADER.map((_, index) => Math.max(...rows.map((cells) => cells[index]?.length ?? 0)));
  return rows.map((cells) =>
    cells
      .map((cell, index) => (index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join('  '),
  );
}

/** Shares of the self-contained cases that apply: what the project promises of a corpus, whichever it is. */
export const PROMISED_PERCENT = { result: 97, types: 92, events: 85 };

export function shares(results: readonly CaseResult[]): { lines: string[]; isKept: boolean } {
  const selfContained = tally(results.filter((result) => result.isSelfContained));
  let isKept = true;
  const lines = LEVELS.map((name) => {
    const { passed, of } = selfContained[name];
    const percent = of === 0 ? 100 : (100 * passed) / of;
    isKept &&= percent >= PROMISED_PERCENT[name];
    return `self-contained, ${name}: ${passed} of ${of}, ${percent.toFixed(1)} % (at least ${PROMISED_PERCENT[name]} % promised)`;
  });
  return { lines, isKept };
}
