export { checkKind, checkSizeBytes } from './check-input.ts';
export { configureSharp } from './configure-sharp.ts';
export { ImagingError, type ImagingErrorCode, InvalidOptionsError } from './errors.ts';
export type { GeneratedFormat, Orientation } from './generate/encode.ts';
export { type GeneratedImage, generateImage } from './generate/generate-image.ts';
export { generateImageOfSize } from './generate/generate-image-of-size.ts';
export type { GenerateOfSizeOptions, GenerateOptions } from './generate/options.ts';
export { MAX_INPUT_BYTES, MAX_INPUT_PIXELS } from './limits.ts';
export { type ListedImage, listImages } from './list-images.ts';
export { type CannyOptions, canny } from './operations/canny.ts';
export { type ContactSheetOptions, contactSheet } from './operations/contact-sheet.ts';
export { convolve } from './operations/convolve.ts';
export { type DecodedImage, decodeImage } from './operations/decode-image.ts';
export { encodeJpeg, encodePng } from './operations/encode-image.ts';
export { gaussianBlur } from './operations/gaussian-blur.ts';
export { KERNELS } from './operations/kernels.ts';
export { laplacian } from './operations/laplacian.ts';
export type { RawImage } from './operations/raw-image.ts';
export { rotateBicubic } from './operations/rotate-bicubic.ts';
export { sobel } from './operations/sobel.ts';
export { thumbnail } from './operations/thumbnail.ts';
export { toGrey } from './operations/to-grey.ts';
export {
  flipHorizontal,
  flipVertical,
  rotate90,
  rotate180,
  rotate270,
  transpose,
} from './operations/turns.ts';
export type { Fit, ProcessOptions } from './options.ts';
export { outputName } from './output-name.ts';
export { type ImageFacts, type ProcessedImage, processImage } from './process-image.ts';
export { SNIFF_BYTES } from './sniff.ts';
