import { clockOffsetFromS3, namesOf } from '@skyground/cloud';
import type { KnownConditions, RunContext } from '@skyground/experiment';
import { deployment } from './deployment.ts';
import type { Parameters } from './parameters.ts';
import type { Sample } from './sample.ts';

/** Client's clock minus the cloud's. The embedded cloud is this machine, and its clock the same. */
export async function conditions(context: RunContext<Parameters, Sample>): Promise<KnownConditions> {
  const { cloud, parameters, clock, signal } = context;
  if (cloud === undefined || cloud.target.kind === 'local') return { clockOffset: null };
  const { buckets } = namesOf(deployment(parameters, cloud), cloud.identity);
  const clockOffset = await clockOffsetFromS3(cloud.clients, buckets.output, () => clock.nowMs(), signal);
  if (clockOffset === null) context.log('warning', "S3's answer has no Date: the clocks were not compared.");
  return { clockOffset };
}
