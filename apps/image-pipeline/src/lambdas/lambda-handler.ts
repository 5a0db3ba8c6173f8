import { setTimeout as sleep } from 'node:timers/promises';
import { S3Client } from '@aws-sdk/client-s3';
import { choreograph } from '@skyground/choreography';
import { configureSharp } from '@skyground/imaging';

import { RESULTS_BUCKET_VARIABLE } from '../environment.ts';
import type { FunctionContext } from '../functions/function-context.ts';
import definition from '../workflow.asl.json' with { type: 'json' };

/** One function of the pipeline as its tests call it. */
type PipelineFunction = (input: unknown, context: FunctionContext) => Promise<object>;

/** The Lambda handler of a function, under any orchestrator: the one place where all six meet what they run in. */
export function lambdaHandler(run: PipelineFunction): ReturnType<typeof choreograph> {
  configureSharp();
  const resultsBucket = process.env[RESULTS_BUCKET_VARIABLE];
  if (resultsBucket === undefined || resultsBucket === '') {
    throw new Error(
      `${RESULTS_BUCKET_VARIABLE}: expected the name of the bucket of results, but it is not set. Deploy the function again.`,
    );
  }
  const context: FunctionContext = {
    // Emulators are addressed by path: `bucket.localhost` does not resolve.
    s3: new S3Client({ forcePathStyle: process.env['AWS_ENDPOINT_URL'] !== undefined }),
    resultsBucket,
    clock: { steadyMs: () => performance.now(), wallMs: () => Date.now(), sleep: (ms) => sleep(ms) },
    log: (line) => console.log(JSON.stringify(line)),
  };
  return choreograph((event) => run(event, context), { definition });
}
