import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { outputName } from '@skyground/imaging';

import { OnPremUsageError } from './errors.ts';

/** True when `path` is `folder` or below it. */
export function isInside(folder: string, path: string): boolean {
  const below = relative(resolve(folder), resolve(path));
  return below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below);
}

/** Where an image's output is stored: `<outputDir>/<repetition>/<outputName(image)>`, as in the cloud's bucket. */
export function outputPath(outputDir: string, repetition: number, image: string): string {
  const folder = join(resolve(outputDir), String(repetition));
  const path = join(folder, outputName(image));
  if (!isInside(folder, path)) {
    throw new OnPremUsageError(
      `expected the name of an image inside its folder but received ${JSON.stringify(image)}`,
    );
  }
  return path;
}

/** Outputs must not become inputs: of the next run, or of this one when the folder is watched. */
export function checkFolders(imagesDir: string, outputDir: string, metricsFile: string): void {
  for (const [what, path] of [
    ['output folder', outputDir],
    ['metrics file', metricsFile],
  ] as const) {
    if (isInside(imagesDir, path)) {
      throw new OnPremUsageError(
        `expected the ${what} outside of the images folder ${imagesDir} but received ${path}: its files would be processed as images`,
      );
    }
  }
}
