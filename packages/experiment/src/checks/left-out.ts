import type { Check } from './check.ts';
import { answerableRows, byArm, timeOf } from './rows.ts';
import { percent, unitsOf } from './wording.ts';

export const leftOut: Check = {
  id: 'left-out',
  guards:
    'Trimmed samples were measured too: without the slowest and fastest, an arm looks steadier than it is.',
  find: (input) =>
    byArm(answerableRows(input)).flatMap(([arm, rows]) => {
      const firstComparedMs = rows.reduce(
        (first, row) => (row.isCompared ? Math.min(first, timeOf(row) ?? first) : first),
        Number.POSITIVE_INFINITY,
      );
      const trimmed = rows.filter(
        (row) =>
          !row.isCompared &&
          row.outcome === 'succeeded' &&
          // Cold ones have a check of their own; what came before all compared ones is warm-up.
          row.start !== 'cold' &&
          (timeOf(row) ?? Number.POSITIVE_INFINITY) >= firstComparedMs,
      );
      if (trimmed.length === 0) return [];
      return [
        {
          checkId: 'left-out',
          severity: 'error',
          arms: [arm],
          seen: `${trimmed.length} of ${rows.length} samples of ${arm} (${percent(trimmed.length / rows.length)}) succeeded and are not compared: ${unitsOf(trimmed)}.`,
          remedy: 'Compare all that was measured: outliers are shown and classified, never dropped.',
        },
      ];
    }),
};
