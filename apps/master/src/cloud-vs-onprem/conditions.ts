import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { type CloudClients, namesOf } from '@skyground/cloud';
import type { KnownConditions, RunContext } from '@skyground/experiment';
import { z } from 'zod';
import { deployment } from './deployment.ts';
import type { Parameters } from './parameters.ts';
import type { Sample } from './sample.ts';

/** An HTTP date has whole seconds: what it stands for lies up to so far behind it. */
const dateStepMs = 1000;
const answerSchema = z.object({ headers: z.object({ date: z.string() }) });

/** Client's clock minus the cloud's. The embedded cloud is this machine, and its clock the same. */
export async function conditions(context: RunContext<Parameters, Sample>): Promise<KnownConditions> {
  const { cloud, parameters, clock, signal } = context;
  if (cloud === undefined || cloud.target.kind === 'local') return { clockOffset: null };
  const { buckets } = namesOf(deployment(parameters, cloud), cloud.identity);
  const clockOffset = await offsetFromS3(cloud.clients, buckets.output, () => clock.nowMs(), signal);
  if (clockOffset === null) context.log('warning', "S3's answer has no Date: the clocks were not compared.");
  return { clockOffset };
}

/** From the Date header of one answer: known to half a second and half of the way there and back. */
export async function offsetFromS3(
  { s3 }: Pick<CloudClients, 's3'>,
  bucket: string,
  nowMs: () => number,
  signal: AbortSignal,
): Promise<KnownConditions['clockOffset']> {
  let date: string | undefined;
  let sentMs = 0;
  let answeredMs = 0;
  const command = new HeadBucketCommand({ Bucket: bucket });
  command.middlewareStack.add(
    (next) => async (args) => {
      sentMs = nowMs();
      const result = await next(args);
      answeredMs = nowMs();
      date = answerSchema.safeParse(result.response).data?.headers.date;
      return result;
    },
    { step: 'deserialize', name: 'readDate' },
  );
  await s3.send(command, { abortSignal: signal });
  return date === undefined ? null : offsetOf({ sentMs, answeredMs, date });
}

/** `date` was true at some moment between sending and answering, and for up to a second after the one that it names. */
export function offsetOf(answer: {
  readonly sentMs: number;
  readonly answeredMs: number;
  readonly date: string;
}) {
  const cloudMs = Date.parse(answer.date) + dateStepMs / 2;
  return {
    offsetMs: (answer.sentMs + answer.answeredMs) / 2 - cloudMs,
    uncertaintyMs: (answer.answeredMs - answer.sentMs + dateStepMs) / 2,
  };
}
