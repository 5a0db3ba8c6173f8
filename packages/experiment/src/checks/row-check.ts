import type { Observation } from '../observation.ts';
import type { Check, Finding } from './check.ts';
import { answerableRows, byArm } from './rows.ts';
import { unitsOf } from './wording.ts';

interface RowFault {
  readonly id: string;
  readonly guards: string;
  readonly severity: Finding['severity'];
  readonly isFaulty: (row: Observation) => boolean;
  /** Ends `3 of 40 samples of cloud ...`. */
  readonly seen: (faulty: readonly Observation[]) => string;
  readonly remedy: string;
}

/** A check that looks at each row by itself and gives one finding an arm. */
export function rowCheck({ id, guards, severity, isFaulty, seen, remedy }: RowFault): Check {
  return {
    id,
    guards,
    find: (input) =>
      byArm(answerableRows(input)).flatMap(([arm, rows]) => {
        const faulty = rows.filter(isFaulty);
        if (faulty.length === 0) return [];
        const what = `${faulty.length} of ${rows.length} samples of ${arm} ${seen(faulty)}: ${unitsOf(faulty)}.`;
        return [{ checkId: id, severity, arms: [arm], seen: what, remedy }];
      }),
  };
}
