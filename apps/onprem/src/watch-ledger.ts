import { onPremRecords } from './done.ts';
import { contentOf } from './file-version.ts';

/**
 * Which files were done, known from the metrics file alone. A file is done when a row holds its size and
 * modification time together with either its inode (it may have been renamed since) or its name (it may have been
 * restored from elsewhere since). So a rename, a move within the file system, a restart and a copy back do no image
 * twice, and new content under an old name is done again.
 */
export class WatchLedger {
  readonly #versions = new Set<string>();
  readonly #namedContents = new Set<string>();

  static async read(metricsFile: string): Promise<WatchLedger> {
    const ledger = new WatchLedger();
    for await (const { image, requestId } of onPremRecords(metricsFile))
      if (requestId !== null) ledger.add(image, requestId);
    return ledger;
  }

  /** How many versions of files are known. */
  get size(): number {
    return this.#versions.size;
  }

  has(image: string, version: string): boolean {
    return this.#versions.has(version) || this.#namedContents.has(`${contentOf(version)} ${image}`);
  }

  add(image: string, version: string): void {
    this.#versions.add(version);
    this.#namedContents.add(`${contentOf(version)} ${image}`);
  }
}
