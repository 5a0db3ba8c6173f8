import {
  type MannWhitneyResult,
  mannWhitneyTest,
  medianRatio,
  type RatioResult,
} from '@skyground/statistics';
import type { AnyExperiment } from '../contract/experiment.ts';
import { refuseOther } from '../run/derive.ts';
import { readManifest } from '../run/manifest.ts';
import { readSamples } from '../run/samples-file.ts';
import { type DifferentCondition, differentConditions } from './different-conditions.ts';

/** Compared durations of one arm in both runs, in ms. */
export interface ArmChange {
  readonly arm: string;
  /** Median of the later over median of the earlier: 1.1 is 10 % slower. With a seeded bootstrap interval. */
  readonly ratio: RatioResult;
  /** Whether the durations of one run tend to be greater. */
  readonly test: MannWhitneyResult;
}

export interface RunComparison {
  readonly experimentId: string;
  readonly arms: readonly ArmChange[];
  /** Arms that only one of the runs has. */
  readonly onlyInFirst: readonly string[];
  readonly onlyInSecond: readonly string[];
  /** What else differs between the runs, and so may be the reason. */
  readonly conditions: readonly DifferentCondition[];
}

/** Compares two runs of one experiment, arm by arm: what changed from the first to the second. */
export async function compareRuns(
  experiment: AnyExperiment,
  first: string,
  second: string,
): Promise<RunComparison> {
  const [a, b] = [await readRun(experiment, first), await readRun(experiment, second)];
  const { seed } = a.manifest;
  return {
    experimentId: experiment.id,
    arms: [...a.durations].flatMap(([arm, before]) => {
      const after = b.durations.get(arm);
      if (after === undefined) return [];
      return [{ arm, ratio: medianRatio(after, before, { seed }), test: mannWhitneyTest(after, before) }];
    }),
    onlyInFirst: [...a.durations.keys()].filter((arm) => !b.durations.has(arm)),
    onlyInSecond: [...b.durations.keys()].filter((arm) => !a.durations.has(arm)),
    conditions: differentConditions(a.manifest, b.manifest),
  };
}

async function readRun(experiment: AnyExperiment, folder: string) {
  const manifest = await readManifest(folder);
  refuseOther(experiment, manifest, folder);
  // Every planned arm, so that one without a single compared sample is "too few", not absent.
  const durations = new Map<string, number[]>(manifest.plan.units.map(({ arm }) => [arm, []]));
  for (const sample of await readSamples(experiment, folder)) {
    const { arm, durationMs, isCompared, outcome } = experiment.observe(sample);
    if (!isCompared || outcome !== 'succeeded' || durationMs === null || !Number.isFinite(durationMs))
      continue;
    durations.get(arm)?.push(durationMs);
  }
  return { manifest, durations };
}
