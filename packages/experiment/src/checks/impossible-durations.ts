import type { Check } from './check.ts';
import { byArm, comparedRows, isPossible } from './rows.ts';
import { figure, unitsOf } from './wording.ts';

export const impossibleDurations: Check = {
  id: 'impossible-durations',
  guards:
    "Durations that no clock can have measured: none at all, not a number, zero, negative, below the clock's resolution.",
  find: (input) => {
    const { clockResolutionMs } = input.conditions;
    return byArm(comparedRows(input)).flatMap(([arm, rows]) => {
      const impossible = rows.filter(
        ({ durationMs }) => durationMs === null || !isPossible(durationMs, clockResolutionMs),
      );
      if (impossible.length === 0) return [];
      const kinds = [...Map.groupBy(impossible, ({ durationMs }) => kindOf(durationMs, clockResolutionMs))]
        .map(([kind, ofKind]) => `${ofKind.length} ${kind}`)
        .toSorted();
      return [
        {
          checkId: 'impossible-durations',
          severity: 'error',
          arms: [arm],
          seen: `${impossible.length} of ${rows.length} compared durations of ${arm} cannot have been measured (${kinds.join(', ')}; the clock tells ${figure(clockResolutionMs)} ms apart): ${unitsOf(impossible)}.`,
          remedy:
            'Check what starts and stops the clock and what the samples are parsed from; nothing takes no time.',
        },
      ];
    });
  },
};

function kindOf(durationMs: number | null, clockResolutionMs: number): string {
  if (durationMs === null) return 'without a figure';
  if (!Number.isFinite(durationMs)) return 'not finite';
  if (durationMs === 0) return 'zero';
  if (durationMs < 0) return 'negative';
  return durationMs < clockResolutionMs ? 'below the resolution' : 'longer than 30 years';
}
