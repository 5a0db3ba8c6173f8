import type { Check } from './check.ts';
import { byArm, comparedRows, plannedUnitOf } from './rows.ts';
import { unitsOf } from './wording.ts';

export const unplannedRows: Check = {
  id: 'unplanned-rows',
  guards:
    'Rows that nobody planned come from another run, another width, or a folder whose name does not say what it holds.',
  find: (input) => {
    const planned = new Map([...input.planned].map(([arm, units]) => [arm, new Set(units)]));
    return byArm(comparedRows(input)).flatMap(([arm, rows]) => {
      const units = planned.get(arm);
      const unplanned = rows.filter((row) => units?.has(plannedUnitOf(row)) !== true);
      if (unplanned.length === 0) return [];
      const plan = units === undefined ? 'an arm that is not in the plan' : `of ${units.size} in the plan`;
      return [
        {
          checkId: 'unplanned-rows',
          severity: 'error',
          arms: [arm],
          seen: `${unplanned.length} compared samples of ${arm} (${plan}) were not planned: ${unitsOf(unplanned)}.`,
          remedy: 'Measure into an empty run folder, and compare runs of equal parameters only.',
        },
      ];
    });
  },
};
