/**
 * Name of the processed image. `.jpg` is always appended, never substituted, so that `a.png`, `a.jpg` and
 * `a.png.jpg` keep three different outputs.
 */
export function outputName(imageName: string): string {
  return `${imageName}.jpg`;
}
