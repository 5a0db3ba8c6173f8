export { type CollectOptions, collectParts } from './collect-parts.ts';
export {
  type ImageProcessorDeclaration,
  type ImageProcessorNames,
  imageProcessorDeclaration,
} from './declaration.ts';
export { ImageProcessorError } from './errors.ts';
export {
  type InputImage,
  inputKey,
  isRunId,
  KEY_PREFIX,
  type KeyedImage,
  MERGED_METRICS_KEY,
  outputKey,
  parseInputKey,
  partKey,
  partsPrefix,
  RUN_METADATA_NAME,
  runIdOf,
  type WarmupImage,
  warmupKey,
} from './keys.ts';
export { mergeParts } from './merge.ts';
export { openTarget } from './open-target.ts';
export { type Part, partSchema, recordOfPart } from './part.ts';
export { DEFAULT_PROCESSING, type Processing, processingSchema } from './processing.ts';
export { writeMergedMetrics } from './write-merged-metrics.ts';
