import type { Check } from './check.ts';
import { compareText, measuredUnits } from './rows.ts';
import { named } from './wording.ts';

export const missingRows: Check = {
  id: 'missing-rows',
  guards: 'What was planned and left no trace may be what took longest or failed.',
  find: ({ observations, planned }) => {
    const present = Map.groupBy(observations, (row) => row.arm);
    return [...planned]
      .toSorted(([a], [b]) => compareText(a, b))
      .flatMap(([arm, units]) => {
        const seen = new Set(measuredUnits(present.get(arm) ?? []));
        const missing = units.filter((unit) => !seen.has(unit));
        if (missing.length === 0) return [];
        return [
          {
            checkId: 'missing-rows',
            severity: 'error',
            arms: [arm],
            seen: `${missing.length} of ${units.length} planned samples of ${arm} left no row: ${named(missing)}.`,
            remedy: 'Resume the run, so that what is missing is measured; run.log says what became of it.',
          },
        ];
      });
  },
};
