import { resolve } from 'node:path';
import { CloudUsageError, explainError, identify, loadSettings, namesOf, openTarget } from '@skyground/cloud';
import * as z from 'zod';

import { imagePipelineDeclaration } from '../declaration.ts';
import { PipelineError, PipelineUsageError } from '../errors.ts';
import { locationSchema } from '../wire/image.ts';
import { TEST_KEY } from './mark.ts';
import { testImage } from './test-image.ts';
import { uploadTestImage } from './upload.ts';

const EXIT = { uploaded: 0, failed: 1, usage: 2, stopped: 130 } as const;
/** What TEST_KEY's default promises. */
const SIZE = { widthPx: 1920, heightPx: 1080 } as const;

const flagsSchema = z.strictObject({
  target: z.string().optional(),
  region: z.string().optional(),
  profile: z.string().optional(),
  prefix: z.string().optional(),
  inputBucket: z.string().optional(),
  state: z.string().optional(),
  useAmbientCredentials: z.boolean().default(false),
});

/** Runs the command. @returns the exit code. */
export async function runUpload(rawFlags: unknown): Promise<number> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort(new Error('stopped'));
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    console.log(await upload(flagsSchema.parse(rawFlags), process.env, stop.signal));
    return EXIT.uploaded;
  } catch (error) {
    if (stop.signal.aborted) return EXIT.stopped;
    console.error(error instanceof Error ? error.message : error);
    const isUsage = error instanceof PipelineUsageError || error instanceof CloudUsageError;
    return isUsage ? EXIT.usage : EXIT.failed;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

async function upload(
  { state, useAmbientCredentials, ...flags }: z.output<typeof flagsSchema>,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<string> {
  const directory = environment['INIT_CWD'] ?? process.cwd();
  const settings = loadSettings({ flags, environment, directory });
  const stateDir = state === undefined ? undefined : resolve(directory, state);
  const { clients, notices, close } = await openTarget(
    { settings, environment, useAmbientCredentials, stateDir, signal },
    () => import('@skyground/local-cloud'),
  );
  try {
    for (const notice of notices) console.error(notice);
    const declaration = imagePipelineDeclaration(settings, clients.target);
    const location = locationSchema.safeParse({
      // An empty variable counts as not set.
      bucket:
        environment['TEST_BUCKET'] || namesOf(declaration, await identify(clients, signal)).buckets.images,
      key: environment['TEST_KEY'] || TEST_KEY,
    });
    if (!location.success)
      throw new PipelineUsageError(`TEST_BUCKET and TEST_KEY: ${z.prettifyError(location.error)}`);
    const image = await testImage(SIZE);
    await uploadTestImage(clients, location.data, image, signal);
    const { bucket, key } = location.data;
    return `Uploaded ${SIZE.widthPx} x ${SIZE.heightPx}, ${image.byteLength.toLocaleString('en')} bytes, to s3://${bucket}/${key} on ${clients.target.label}.`;
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof PipelineError ? error : await explainError(error, clients.target, environment);
  } finally {
    await close();
  }
}
