import { fileURLToPath } from 'node:url';
import { choreographed, choreographyTable } from '@skyground/choreography';
import {
  type BucketDeclaration,
  declarationBasics,
  declareApp,
  type LayeredSettings,
  lookUp,
  type TargetChoice,
} from '@skyground/cloud';

import { RESULTS_BUCKET_VARIABLE } from './environment.ts';
import { SESSIONS_PREFIX } from './results/keys.ts';
import { TEST_IMAGE_MARK, TEST_KEY } from './test-image/mark.ts';
import definition from './workflow.asl.json' with { type: 'json' };

/** As the public origin of this workflow has them, so that shares of a CPU are the same. */
const MEMORY_MB = { imageLoader: 512, branch: 512, contour: 1024, publisher: 256 } as const;
/** Longer than the longest injected delay and the slowest image; the Publisher may wait for both. */
const TIMEOUT_S = 60;
const LOG_RETENTION_DAYS = 7;
/**
 * In the embedded cloud functions without a reservation share ten environments, too few for workflows that run side by side. A
 * reservation on a real account takes from its other functions, so there it is the person's choice.
 */
const LOCAL_RESERVED_CONCURRENCY = 10;

export type ImagePipelineDeclaration = ReturnType<typeof imagePipelineDeclaration>;

/** Six functions, the bucket of images and that of results, the table of the decentralised runtime, and the state machine. */
export function imagePipelineDeclaration(settings: LayeredSettings, target: TargetChoice) {
  const reservedConcurrency =
    lookUp(settings, 'reservedConcurrency')?.value ??
    (target.kind === 'local' ? LOCAL_RESERVED_CONCURRENCY : undefined);
  const withoutOrchestrator = choreographed({
    table: 'main',
    bucket: 'results',
    functions: ['imageLoader', 'thumbnail', 'transform', 'filters', 'contour', 'publisher'],
  });
  const lambda = (entryPoint: URL, memoryMb: number) => ({
    entryPoint: fileURLToPath(entryPoint),
    memoryMb,
    timeoutS: TIMEOUT_S,
    environment: {
      [RESULTS_BUCKET_VARIABLE]: { bucket: 'results' as const },
      ...withoutOrchestrator.environment,
    },
    uses: [
      ...withoutOrchestrator.uses,
      { bucket: 'images' as const, access: 'read' as const, keyPrefix: '' },
      { bucket: 'results' as const, access: 'read' as const, keyPrefix: SESSIONS_PREFIX },
      { bucket: 'results' as const, access: 'write' as const, keyPrefix: SESSIONS_PREFIX },
    ],
    reservedConcurrency,
  });
  return declareApp({
    app: 'image-pipeline',
    ...declarationBasics(settings, target),
    logRetentionDays: LOG_RETENTION_DAYS,
    buckets: { images: imagesBucket(lookUp(settings, 'inputBucket')?.value), results: { kind: 'own' } },
    tables: { main: choreographyTable },
    functions: {
      imageLoader: lambda(new URL('lambdas/image-loader.ts', import.meta.url), MEMORY_MB.imageLoader),
      thumbnail: lambda(new URL('lambdas/thumbnail.ts', import.meta.url), MEMORY_MB.branch),
      transform: lambda(new URL('lambdas/transform.ts', import.meta.url), MEMORY_MB.branch),
      filters: lambda(new URL('lambdas/filters.ts', import.meta.url), MEMORY_MB.branch),
      contour: lambda(new URL('lambdas/contour.ts', import.meta.url), MEMORY_MB.contour),
      publisher: lambda(new URL('lambdas/publisher.ts', import.meta.url), MEMORY_MB.publisher),
    },
    stateMachines: { main: { type: 'STANDARD', definition, logLevel: 'ERROR' } },
  });
}

function imagesBucket(name: string | undefined): BucketDeclaration {
  if (name === undefined) return { kind: 'own' };
  const objects = {
    keyPrefix: TEST_KEY,
    // Nothing but the marked test image is ours.
    ownsKey: () => false,
    markedFile: { key: TEST_KEY, metadataName: TEST_IMAGE_MARK },
  };
  return { kind: 'existing', name, flag: '--input-bucket', objects };
}
