import { clockOffsetFromS3 } from '@skyground/cloud';
import type { KnownConditions } from '@skyground/experiment';
import { type Context, placeOf } from './measure/place.ts';

/** End to end begins by the client's clock and ends by the cloud's. The embedded cloud is this machine, and its clock the same. */
export async function conditions(context: Context): Promise<KnownConditions> {
  const { cloud, clock, signal } = context;
  if (cloud === undefined || cloud.target.kind === 'local') return { clockOffset: null };
  const { resultsBucket } = placeOf(context);
  const clockOffset = await clockOffsetFromS3(cloud.clients, resultsBucket, () => clock.nowMs(), signal);
  if (clockOffset === null) context.log('warning', "S3's answer has no Date: the clocks were not compared.");
  return { clockOffset };
}
