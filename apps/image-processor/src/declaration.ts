import { fileURLToPath } from 'node:url';
import {
  type AppDeclaration,
  type BucketChoice,
  hostArchitecture,
  hostPlatform,
  type LayeredSettings,
  lambdaPlatform,
  lookUp,
  type TargetChoice,
} from '@skyground/cloud';

import { OUTPUT_BUCKET_VARIABLE, PROCESSING_VARIABLE } from './environment.ts';
import { KEY_PREFIX, MERGED_METRICS_KEY, RUN_METADATA_NAME, runIdOf } from './keys.ts';
import { DEFAULT_PROCESSING, type Processing, processingToText } from './processing.ts';

/** What is used where nobody chooses. 1,769 MB is where Lambda gives one full vCPU: one sharp thread, one core, as on-prem. */
export const DEFAULTS = { prefix: 'skyground', memoryMb: 1769 } as const;

const TIMEOUT_S = 120;
const LOG_RETENTION_DAYS = 7;

/** What image-processor needs on a target: the choices of the settings, defaults for the rest. */
export function imageProcessorDeclaration(
  settings: LayeredSettings,
  target: TargetChoice,
  processing: Processing = DEFAULT_PROCESSING,
): AppDeclaration {
  const role = lookUp(settings, 'role')?.value;
  // Emulators other than ours run functions in containers of this machine's instruction set.
  const architecture =
    lookUp(settings, 'architecture')?.value ?? (target.kind === 'aws' ? 'x64' : hostArchitecture());
  return {
    app: 'image-processor',
    prefix: lookUp(settings, 'prefix')?.value ?? DEFAULTS.prefix,
    inputBucket: bucketChoice(lookUp(settings, 'inputBucket')?.value),
    outputBucket: bucketChoice(lookUp(settings, 'outputBucket')?.value),
    role: role === undefined ? { kind: 'own' } : { kind: 'existing', nameOrArn: role },
    function: {
      entryPoint: fileURLToPath(new URL('handler.ts', import.meta.url)),
      platform: target.kind === 'local' ? hostPlatform() : lambdaPlatform(architecture),
      architecture,
      memoryMb: lookUp(settings, 'memoryMb')?.value ?? DEFAULTS.memoryMb,
      timeoutS: TIMEOUT_S,
      environment: { [PROCESSING_VARIABLE]: processingToText(processing) },
      outputBucketVariable: OUTPUT_BUCKET_VARIABLE,
      reservedConcurrency: lookUp(settings, 'reservedConcurrency')?.value,
    },
    objects: {
      keyPrefix: KEY_PREFIX,
      ownsKey: (key) => runIdOf(key) !== undefined,
      markedFile: { key: MERGED_METRICS_KEY, metadataName: RUN_METADATA_NAME },
    },
    logRetentionDays: LOG_RETENTION_DAYS,
  };
}

function bucketChoice(name: string | undefined): BucketChoice {
  return name === undefined ? { kind: 'own' } : { kind: 'existing', name };
}
