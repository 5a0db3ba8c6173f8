import { fileURLToPath } from 'node:url';
import {
  type AppDeclaration,
  type AppNames,
  type BucketDeclaration,
  declarationBasics,
  declareApp,
  type LayeredSettings,
  lookUp,
  type ObjectOwnership,
  type TargetChoice,
} from '@skyground/cloud';

import { OUTPUT_BUCKET_VARIABLE, PROCESSING_VARIABLE } from './environment.ts';
import { KEY_PREFIX, MERGED_METRICS_KEY, RUN_METADATA_NAME, runIdOf } from './keys.ts';
import { DEFAULT_PROCESSING, type Processing, processingToText } from './processing.ts';

/** What is used where nobody chooses. 1,769 MB is where Lambda gives one full vCPU: one sharp thread, one core, as on-prem. */
export const DEFAULTS = { memoryMb: 1769 } as const;

const TIMEOUT_S = 120;
const LOG_RETENTION_DAYS = 7;

export type ImageProcessorDeclaration = AppDeclaration<'input' | 'output', never, 'main', never>;
export type ImageProcessorNames = AppNames<ImageProcessorDeclaration>;

/** What image-processor needs on a target: the choices of the settings, defaults for the rest. */
export function imageProcessorDeclaration(
  settings: LayeredSettings,
  target: TargetChoice,
  processing: Processing = DEFAULT_PROCESSING,
): ImageProcessorDeclaration {
  return declareApp({
    app: 'image-processor',
    ...declarationBasics(settings, target),
    logRetentionDays: LOG_RETENTION_DAYS,
    buckets: {
      input: bucketOf('--input-bucket', lookUp(settings, 'inputBucket')?.value, 'in'),
      output: bucketOf('--output-bucket', lookUp(settings, 'outputBucket')?.value, 'out'),
    },
    functions: {
      main: {
        entryPoint: fileURLToPath(new URL('handler.ts', import.meta.url)),
        memoryMb: lookUp(settings, 'memoryMb')?.value ?? DEFAULTS.memoryMb,
        timeoutS: TIMEOUT_S,
        environment: {
          [PROCESSING_VARIABLE]: processingToText(processing),
          [OUTPUT_BUCKET_VARIABLE]: { bucket: 'output' },
        },
        uses: [
          { bucket: 'input', access: 'read', keyPrefix: KEY_PREFIX },
          { bucket: 'output', access: 'write', keyPrefix: KEY_PREFIX },
        ],
        reservedConcurrency: lookUp(settings, 'reservedConcurrency')?.value,
      },
    },
    notifications: { main: { bucket: 'input', keyPrefix: KEY_PREFIX, function: 'main' } },
  });
}

const OUR_OBJECTS: ObjectOwnership = {
  keyPrefix: KEY_PREFIX,
  ownsKey: (key) => runIdOf(key) !== undefined,
  markedFile: { key: MERGED_METRICS_KEY, metadataName: RUN_METADATA_NAME },
};

function bucketOf(flag: string, name: string | undefined, nameSuffix: string): BucketDeclaration {
  return name === undefined
    ? { kind: 'own', nameSuffix }
    : { kind: 'existing', name, flag, objects: OUR_OBJECTS };
}
