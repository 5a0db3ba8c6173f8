import { median, sampleOf, sortedSample } from '@skyground/statistics';
import { formatMs } from '../../output/format.ts';
import type { ArmView } from './state.ts';

/** One line of the table of arms, as text. */
export interface ArmRow {
  readonly name: string;
  readonly done: string;
  readonly medianSoFar: string;
  readonly failed: string;
  readonly cold: string;
}

export const armHeader: ArmRow = {
  name: 'arm',
  done: 'done',
  medianSoFar: 'median so far',
  failed: 'failed',
  cold: 'cold',
};

export function armRow({ name, done, planned, failed, cold, recentTimesMs }: ArmView): ArmRow {
  const sample = sampleOf(recentTimesMs);
  return {
    name,
    done: `${done}/${planned}`,
    medianSoFar: sample === undefined ? '-' : formatMs(median(sortedSample(sample))),
    failed: String(failed),
    cold: String(cold),
  };
}

/** The arms that fit, from the first one that is not done; `left` is how many do not. */
export function armsInSight(
  arms: readonly ArmView[],
  height: number,
): { readonly shown: readonly ArmView[]; readonly left: number } {
  if (arms.length <= height) return { shown: arms, left: 0 };
  // The last line says how many more there are.
  const room = Math.max(0, height - 1);
  const current = arms.findIndex(({ done, planned }) => done < planned);
  const from = Math.min(current === -1 ? arms.length : current, arms.length - room);
  return { shown: arms.slice(from, from + room), left: arms.length - room };
}
