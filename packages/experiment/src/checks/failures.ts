import type { Observation } from '../observation.ts';
import type { Check, CheckInput } from './check.ts';
import { answerableRows, byArm } from './rows.ts';
import { unitsOf } from './wording.ts';

const id = 'failures';

export const failures: Check = {
  id,
  guards: 'A latency without the requests that failed or timed out is that of the lucky ones.',
  find: (input) => {
    const rows = answerableRows(input);
    const failed = rows.filter(hasFailed);
    const isAlike = failsAlike(input, failed);
    const alike = failed.filter(isAlike);
    const oneSided = failed.filter((row) => !isAlike(row));
    return [
      ...(oneSided.length === 0
        ? []
        : [
            {
              checkId: id,
              severity: 'error' as const,
              arms: byArm(oneSided).map(([arm]) => arm),
              seen: `Failures are left out of the durations: ${counts(rows)}. ${unitsOf(oneSided)}.`,
              remedy:
                'Find out why (run.log has each reason), mend it and measure again; failures are not noise.',
            },
          ]),
      ...(alike.length === 0
        ? []
        : [
            {
              checkId: id,
              severity: 'warning' as const,
              arms: byArm(alike).map(([arm]) => arm),
              seen: `Failed in every arm alike, so no arm gains by it: ${unitsOf(alike)}.`,
              remedy: 'Remove the input if it is broken, or mend it.',
            },
          ]),
    ];
  },
};

/**
 * A broken image fails everywhere, and leaving it out is fair. Only failures: a time-out is a long duration cut off, and that it
 * happens in every arm does not make it equally long there. One arm has nothing to be alike with.
 */
function failsAlike({ planned }: CheckInput, failed: readonly Observation[]): (row: Observation) => boolean {
  const planning = new Map<string, number>();
  for (const units of planned.values()) {
    for (const unit of new Set(units)) planning.set(unit, (planning.get(unit) ?? 0) + 1);
  }
  const failing = new Map<string, Set<string>>();
  for (const { unit, arm, outcome } of failed) {
    if (outcome !== 'failed') continue;
    failing.set(unit, (failing.get(unit) ?? new Set()).add(arm));
  }
  return ({ unit, outcome }) => {
    const arms = planning.get(unit) ?? 0;
    return outcome === 'failed' && arms > 1 && failing.get(unit)?.size === arms;
  };
}

function hasFailed({ outcome }: Observation): boolean {
  return outcome === 'failed' || outcome === 'timed out';
}

function counts(rows: readonly Observation[]): string {
  return byArm(rows)
    .map(([arm, ofArm]) => {
      const failed = ofArm.filter(({ outcome }) => outcome === 'failed').length;
      const timedOut = ofArm.filter(({ outcome }) => outcome === 'timed out').length;
      return `${arm} ${failed} failed and ${timedOut} timed out of ${ofArm.length}`;
    })
    .join(', ');
}
