import { S3Client } from '@aws-sdk/client-s3';
import { configureSharp, MAX_INPUT_BYTES } from '@skyground/imaging';

import { OUTPUT_BUCKET_VARIABLE, PROCESSING_VARIABLE } from './environment.ts';
import { processRecord, type RecordOutcome } from './process-record.ts';
import { processingFromText } from './processing.ts';
import { decodeEventKey, s3EventSchema } from './s3-event.ts';
import { startStopwatch } from './stopwatch.ts';

configureSharp();

const outputBucket = process.env[OUTPUT_BUCKET_VARIABLE];
if (outputBucket === undefined || outputBucket === '') {
  throw new Error(
    `${OUTPUT_BUCKET_VARIABLE}: expected the name of the output bucket, but it is not set. Deploy the function again.`,
  );
}
const environment = {
  outputBucket,
  processing: processingFromText(PROCESSING_VARIABLE, process.env[PROCESSING_VARIABLE]),
  // Emulators are addressed by path: `bucket.localhost` does not resolve.
  s3: new S3Client({ forcePathStyle: process.env['AWS_ENDPOINT_URL'] !== undefined }),
  environmentId: process.env['AWS_LAMBDA_LOG_STREAM_NAME']?.split(/[/\]]/).at(-1) ?? null,
  maxInputBytes: maxInputBytes(process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE']),
};

let cold = true;

/** The Lambda: an S3 ObjectCreated event in, outputs and rows in the output bucket out. */
export async function handler(event: unknown, context: { readonly awsRequestId: string }): Promise<void> {
  const stopwatch = startStopwatch();
  const isCold = cold;
  cold = false;
  for (const record of s3EventSchema.parse(event).Records) {
    const { key, sequencer } = record.s3.object;
    const log = (outcome: RecordOutcome | 'failed') =>
      console.log(JSON.stringify({ outcome, key: decodeEventKey(key), sequencer }));
    try {
      log(
        await processRecord(record, {
          ...environment,
          stopwatch,
          cold: isCold,
          requestId: context.awsRequestId,
        }),
      );
    } catch (error) {
      // Lambda logs the error itself, but not whose it is: a missing image is explained by the lines that name it.
      log('failed');
      throw error;
    }
  }
}

/** The compressed body, the decoded picture and the output share the memory: a quarter of it for the body. */
function maxInputBytes(memoryMb: string | undefined): number {
  const quarter = Math.floor((Number(memoryMb) * 1024 ** 2) / 4);
  return quarter > 0 ? Math.min(quarter, MAX_INPUT_BYTES) : MAX_INPUT_BYTES;
}
