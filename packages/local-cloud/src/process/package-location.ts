import { fileURLToPath } from 'node:url';

/**
 * A file or folder of this package or its repository, relative to src/. Found by the package's name, so that it is right from
 * inside a bundle as well, where import.meta.dirname is the bundle's.
 */
export function fromSource(relativePath: string): string {
  return fileURLToPath(new URL(relativePath, import.meta.resolve('@skyground/local-cloud')));
}
