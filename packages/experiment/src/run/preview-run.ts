import type { CloudRequest } from '../contract/cloud.ts';
import type { AnyExperiment } from '../contract/experiment.ts';
import type { GivenParameters } from '../contract/parameters.ts';
import { UsageError } from '../errors.ts';
import { type PlannedRun, planRun } from './plan-run.ts';
import { billOfUsage, defaultPriceRegion, type RunBill } from './run-bill.ts';
import type { RunOptions } from './run-experiment.ts';
import { secretsOf } from './secrets.ts';

/** What a run would measure and cost. */
export interface RunPreview {
  /** Resolved, each with its origin. */
  readonly parameters: PlannedRun['parameters'];
  readonly plan: PlannedRun['plan'];
  /** Modelled, from the plan's estimated usage; undefined where it uses nothing of a cloud. */
  readonly bill: RunBill | undefined;
}

/** Plans without running: nothing is written, nothing is sent. Throws UsageError for parameters, thresholds or flags that cannot be. */
export async function previewRun(
  experiment: AnyExperiment,
  given: GivenParameters,
  { cloud, thresholds = [] }: Pick<RunOptions, 'cloud' | 'thresholds'>,
): Promise<RunPreview> {
  const planned = await planRun(experiment, given, { thresholds, secrets: secretsOf(process.env) });
  const { parameters, plan, estimatedUsage } = planned;
  if (estimatedUsage === undefined) return { parameters, plan, bill: undefined };
  return { parameters, plan, bill: billOfUsage(estimatedUsage, await regionOf(cloud)) };
}

/** As far as it is known before anybody is asked: where a profile alone decides it, the default stands in, as the bill tells. */
async function regionOf(request: CloudRequest): Promise<string> {
  const { CloudUsageError, lookUp } = await import('@skyground/cloud');
  const { settingsOf } = await import('./cloud-settings.ts');
  try {
    return lookUp(settingsOf(request), 'region')?.value ?? defaultPriceRegion;
  } catch (error) {
    throw error instanceof CloudUsageError ? new UsageError(error.message, { cause: error }) : error;
  }
}
