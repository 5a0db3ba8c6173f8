import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { z } from 'zod';
import type { CloudClients } from './clients.ts';

/** The client's clock minus the cloud's, and how far that may be off. */
export interface ClockOffset {
  readonly offsetMs: number;
  readonly uncertaintyMs: number;
}

/** An HTTP date has whole seconds: what it stands for lies up to so far behind it. */
const dateStepMs = 1000;
const answerSchema = z.object({ headers: z.object({ date: z.string() }) });

/** From the Date header of one answer of S3, null where it has none: known to half a second and half of the way there and back. */
export async function clockOffsetFromS3(
  { s3 }: Pick<CloudClients, 's3'>,
  bucket: string,
  nowMs: () => number,
  signal: AbortSignal,
): Promise<ClockOffset | null> {
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
  return date === undefined ? null : clockOffsetOf({ sentMs, answeredMs, date });
}

/** `date` was true at some moment between sending and answering, and for up to a second after the one that it names. */
export function clockOffsetOf(answer: {
  readonly sentMs: number;
  readonly answeredMs: number;
  readonly date: string;
}): ClockOffset {
  const cloudMs = Date.parse(answer.date) + dateStepMs / 2;
  return {
    offsetMs: (answer.sentMs + answer.answeredMs) / 2 - cloudMs,
    uncertaintyMs: (answer.answeredMs - answer.sentMs + dateStepMs) / 2,
  };
}
