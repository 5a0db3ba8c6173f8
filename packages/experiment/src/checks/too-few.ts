import type { Check } from './check.ts';
import { compareText, measuredRows } from './rows.ts';

export const tooFew: Check = {
  id: 'too-few',
  guards: 'A few samples say nothing of an arm: a figure from them would be luck.',
  find: (input) => {
    const { minimumSamples } = input.conditions;
    const arms = new Set([...input.planned.keys(), ...input.observations.map((row) => row.arm)]);
    const measured = Map.groupBy(measuredRows(input), (row) => row.arm);
    return [...arms].toSorted(compareText).flatMap((arm) => {
      // By unit: a row counted twice is one sample.
      const n = new Set(measured.get(arm)?.map((row) => row.unit)).size;
      if (n >= minimumSamples) return [];
      return [
        {
          checkId: 'too-few',
          severity: 'error',
          arms: [arm],
          seen: `${arm} has ${n} samples that can be compared; ${minimumSamples} are the fewest that say anything.`,
          remedy: 'Measure more: more inputs or more repetitions.',
        },
      ];
    });
  },
};
