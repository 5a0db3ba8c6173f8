import { median, sampleOf, sortedSample } from '@skyground/statistics';
import type { Check } from './check.ts';
import { byArm, measuredRows } from './rows.ts';
import { figure } from './wording.ts';

/** An offset of this share of the shortest arm's median is felt in the comparison. */
const shareThatMatters = 0.1;

/**
 * Speaks of offsets that are certain (beyond their uncertainty) and matter. One that its uncertainty can explain is silent: against
 * a cloud far away that uncertainty is always larger than a short duration.
 */
export const clockOffset: Check = {
  id: 'clock-offset',
  guards: 'A time of the client minus a time of the cloud has the difference of their clocks in it.',
  find: (input) => {
    const offset = input.conditions.clockOffset;
    if (offset === null) return [];
    const { offsetMs, uncertaintyMs } = offset;
    const medians = byArm(measuredRows(input)).flatMap(([, rows]) => {
      const sample = sampleOf(rows.map((row) => row.durationMs));
      return sample === undefined ? [] : [median(sortedSample(sample))];
    });
    const shortestMs = medians.length === 0 ? 0 : Math.min(...medians);
    const distanceMs = Math.abs(offsetMs);
    if (distanceMs <= uncertaintyMs || distanceMs <= shareThatMatters * shortestMs) return [];
    return [
      {
        checkId: 'clock-offset',
        severity: 'warning',
        arms: [],
        seen: `The client's clock is ${figure(distanceMs)} ms ${offsetMs > 0 ? 'ahead of' : 'behind'} the cloud's (give or take ${figure(uncertaintyMs)} ms), and the shortest median compared is ${figure(shortestMs)} ms.`,
        remedy: 'Synchronise the clock (NTP). Durations taken on one clock stand; those across both do not.',
      },
    ];
  },
};
