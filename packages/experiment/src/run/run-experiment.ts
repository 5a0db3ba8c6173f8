import type { CloudRequest } from '../contract/cloud.ts';
import type { AnyExperiment } from '../contract/experiment.ts';
import type { GivenParameters } from '../contract/parameters.ts';
import { beginRun } from './begin-run.ts';
import { withRunLock } from './lock.ts';
import { measure, recorderOf, withCloud } from './measure.ts';
import { withMeasuringLock } from './measuring-lock.ts';
import type { RunOutcome } from './outcome.ts';
import { planRun } from './plan-run.ts';
import { logged, type ResumeOptions, withOutcome } from './with-outcome.ts';

export interface RunOptions extends ResumeOptions {
  /** Run folders are `<resultsFolder>/<experiment>/<UTC timestamp>/`. */
  readonly resultsFolder: string;
  /** Where to deploy what the experiment needs; of no effect on one that needs nothing, which runs on `this machine`. */
  readonly cloud: CloudRequest;
  /** 32-bit; drawn by lot where it is not given, and recorded. */
  readonly seed?: number;
  /** `p(99)<500` for every arm or `ARM: p(99)<500` for one, as k6 writes them; see `parseThresholds`. */
  readonly thresholds?: readonly string[];
}

/**
 * Runs an experiment in a folder of its own, then derives and checks. Never throws: what went wrong is in the outcome. Mistakes in
 * parameters, thresholds, credentials or a target that does not answer are told before there is a folder.
 */
export function runExperiment(
  experiment: AnyExperiment,
  given: GivenParameters,
  options: RunOptions,
): Promise<RunOutcome> {
  return withOutcome(options, async (surroundings) => {
    const { resultsFolder, seed, thresholds = [], signal } = options;
    signal.throwIfAborted();
    const { clock, secrets } = surroundings;
    const planned = await planRun(experiment, given, { thresholds, secrets });
    return withMeasuringLock(resultsFolder, () =>
      withCloud(experiment, options.cloud, options, async (cloud) => {
        const beginning = { resultsFolder, cloud, seed, ...surroundings };
        const { folder, manifest } = await beginRun(experiment, planned, beginning);
        return withRunLock(folder, () =>
          logged(folder, options, surroundings, async (emit) => {
            const recorder = await recorderOf(experiment, folder, manifest);
            const isResumed = false;
            return measure({ experiment, folder, manifest, recorder, isResumed, cloud, emit, signal, clock });
          }),
        );
      }),
    );
  });
}
