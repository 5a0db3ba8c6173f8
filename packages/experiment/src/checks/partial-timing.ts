import { median, sampleOf, sortedSample } from '@skyground/statistics';
import type { Check } from './check.ts';
import { byArm, longestMs, measuredRows } from './rows.ts';
import { spanOf } from './span.ts';
import { percent } from './wording.ts';

/** Below this the duration is of another thing than the unit, whatever the overhead around it. */
const smallestShare = 0.5;

export const partialTiming: Check = {
  id: 'partial-timing',
  guards: 'A duration that claims the whole unit must not stop after its first call.',
  find: (input) => {
    if (input.durationCovers === 'part') return [];
    return byArm(measuredRows(input)).flatMap(([arm, rows]) => {
      const shares = sampleOf(
        rows.flatMap((row) => {
          const span = spanOf(row);
          const spanMs = span === null ? 0 : span.endMs - span.startMs;
          // Capped: over a span of next to nothing it would leave what a figure holds, and the median is the same.
          return spanMs > 0 && spanMs <= longestMs ? [Math.min(row.durationMs / spanMs, 1)] : [];
        }),
      );
      if (shares === undefined) return [];
      const share = median(sortedSample(shares));
      if (share >= smallestShare) return [];
      return [
        {
          checkId: 'partial-timing',
          severity: 'error',
          arms: [arm],
          seen: `Durations of ${arm} cover ${percent(share)} (median of ${shares.length}) of the time from start to end of their units.`,
          remedy: 'Stop the clock when the last result is there, not when the first call returns.',
        },
      ];
    });
  },
};
