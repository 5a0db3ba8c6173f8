export { configureSharp } from './configure-sharp.ts';
export { ImagingError, type ImagingErrorCode, InvalidOptionsError } from './errors.ts';
export { MAX_INPUT_BYTES, MAX_INPUT_PIXELS } from './limits.ts';
export { type ListedImage, listImages } from './list-images.ts';
export type { Fit, ProcessOptions } from './options.ts';
export { outputName } from './output-name.ts';
export { type ImageFacts, type ProcessedImage, processImage } from './process-image.ts';
