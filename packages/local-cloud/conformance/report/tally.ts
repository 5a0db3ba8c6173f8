import type { CaseResult } from '../run/case-result.ts';

/** Cases that passed a level of those that can be judged on it. */
export interface Level {
  readonly passed: number;
  readonly of: number;
}

/** One line of the table. Cases that do not apply are counted apart, and in no level. */
export interface Tally {
  readonly cases: number;
  readonly result: Level;
  readonly types: Level;
  readonly events: Level;
  readonly notApplicable: number;
}

export const LEVELS = ['result', 'types', 'events'] as const;

export function tally(results: readonly CaseResult[]): Tally {
  return {
    cases: results.length,
    result: level(results, 'result'),
    types: level(results, 'types'),
    events: level(results, 'events'),
    notApplicable: results.filter(({ kind }) => kind === 'not applicable').length,
  };
}

export function tallyByGroup(results: readonly CaseResult[]): Map<string, Tally> {
  return new Map(
    [...Map.groupBy(results, ({ group }) => group)]
      .toSorted(([a], [b]) => a.localeCompare(b, 'en'))
      .map(([group, members]) => [group, tally(members)]),
  );
}

/** Reason to number of cases, most first. */
export function reasons(results: readonly CaseResult[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const result of results) {
    if (result.kind === 'not applicable') counts.set(result.reason, (counts.get(result.reason) ?? 0) + 1);
  }
  return [...counts].toSorted(([a, m], [b, n]) => n - m || a.localeCompare(b, 'en'));
}

function level(results: readonly CaseResult[], name: (typeof LEVELS)[number]): Level {
  const outcomes = results.map((result) => outcomeOn(result, name));
  return {
    passed: outcomes.filter((outcome) => outcome === 'passed').length,
    of: outcomes.filter((outcome) => outcome !== 'not judged').length,
  };
}

/** A case from which nothing came back has failed on every level. */
function outcomeOn(result: CaseResult, name: (typeof LEVELS)[number]): 'passed' | 'failed' | 'not judged' {
  if (result.kind === 'failed') return 'failed';
  if (result.kind === 'not applicable') return 'not judged';
  if (result.kind === 'tested') {
    if (name !== 'result') return 'not judged';
    return result.failure === undefined ? 'passed' : 'failed';
  }
  const difference = result.comparison[name];
  if (difference === 'not recorded') return 'not judged';
  return difference === undefined ? 'passed' : 'failed';
}
