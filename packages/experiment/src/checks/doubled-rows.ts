import type { Check } from './check.ts';
import { answerableRows, byArm } from './rows.ts';
import { named } from './wording.ts';

export const doubledRows: Check = {
  id: 'doubled-rows',
  guards: 'A sample that is counted twice makes the arm look surer than it is.',
  find: (input) =>
    byArm(answerableRows(input)).flatMap(([arm, rows]) => {
      const seen = new Set<string>();
      const doubled = rows.map((row) => row.unit).filter((unit) => seen.size === seen.add(unit).size);
      if (doubled.length === 0) return [];
      return [
        {
          checkId: 'doubled-rows',
          severity: 'error',
          arms: [arm],
          seen: `${doubled.length} rows of ${arm} are of units that have a row already: ${named(doubled)}.`,
          remedy:
            'Keep one row a unit: a repetition needs a number of its own, a repeated delivery is not a sample.',
        },
      ];
    }),
};
