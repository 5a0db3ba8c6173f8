import { setTimeout } from 'node:timers/promises';
import type { MetricsWriter } from '@skyground/metrics';

import type { WatchEvent } from './events.ts';
import { currentVersion } from './file-version.ts';
import { toImageRecord } from './image-record.ts';
import { outputPath } from './output-path.ts';
import type { WorkerPool } from './pool.ts';
import type { WatchLedger } from './watch-ledger.ts';

interface WatchedFilesOptions {
  readonly runId: string;
  readonly outputDir: string;
  readonly pool: WorkerPool;
  readonly ledger: WatchLedger;
  readonly writer: MetricsWriter;
  /** A bad file is believed to be bad, not unfinished, when it has stayed the same for so long. */
  readonly badFileGraceMs: number;
  readonly signal: AbortSignal;
  readonly onEvent: (event: WatchEvent) => void;
  /** A fault that is no image's, or the closing of the pool. */
  readonly onError: (error: unknown) => void;
}

interface UnderWay {
  /** Aborted when the file is seen again: it has changed, so look again. */
  seenAgain: AbortController;
}

/** Turns "this file was seen" into at most one row for each version of a file, however often and under whatever names it is seen. */
export class WatchedFiles {
  readonly #options: WatchedFilesOptions;
  readonly #byPath = new Map<string, UnderWay>();
  /** Versions being processed, each with a promise for its end. */
  readonly #byVersion = new Map<string, Promise<void>>();
  readonly #work = new Set<Promise<void>>();

  constructor(options: WatchedFilesOptions) {
    this.#options = options;
  }

  /** Looks at the file now, or again as soon as what is under way for its path is over. */
  seen(image: string, path: string): void {
    const underWay = this.#byPath.get(path);
    if (underWay !== undefined) {
      underWay.seenAgain.abort();
      return;
    }
    const work = this.#workOn(image, path).catch(this.#options.onError);
    this.#work.add(work);
    void work.finally(() => this.#work.delete(work));
  }

  /** Resolves when nothing is under way; does so soon once the pool is closed. */
  async idle(): Promise<void> {
    await Promise.all(this.#work);
  }

  async #workOn(image: string, path: string): Promise<void> {
    const underWay: UnderWay = { seenAgain: new AbortController() };
    this.#byPath.set(path, underWay);
    try {
      do {
        underWay.seenAgain = new AbortController();
        await this.#doOnce(image, path, underWay.seenAgain.signal);
      } while (underWay.seenAgain.signal.aborted);
    } finally {
      this.#byPath.delete(path);
    }
  }

  async #doOnce(image: string, path: string, seenAgain: AbortSignal): Promise<void> {
    for (;;) {
      const version = await currentVersion(path);
      if (version === undefined) return;
      if (this.#options.ledger.has(image, version)) {
        this.#options.onEvent({ type: 'imageKnown', image });
        return;
      }
      // The same file under another name (it was renamed while it waited): what becomes of that decides about this.
      const sameFile = this.#byVersion.get(version);
      if (sameFile === undefined) {
        await this.#claimAndProcess(image, path, version, seenAgain);
        return;
      }
      await sameFile;
    }
  }

  async #claimAndProcess(
    image: string,
    path: string,
    version: string,
    seenAgain: AbortSignal,
  ): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#byVersion.set(version, promise);
    try {
      await this.#process(image, path, version, seenAgain);
    } finally {
      this.#byVersion.delete(version);
      resolve();
    }
  }

  async #process(image: string, path: string, version: string, seenAgain: AbortSignal): Promise<void> {
    const { signal, badFileGraceMs, runId, outputDir, pool, ledger, writer, onEvent } = this.#options;
    onEvent({ type: 'imageQueued', image });
    const outcome = await pool.submit({
      image,
      path,
      repetition: 1,
      outputPath: outputPath(outputDir, 1, image),
    });
    const record = toImageRecord(outcome, runId, version);
    const versionRead = record.requestId ?? version;

    if (outcome.result.status === 'error') {
      // A file that is gone or still being written is no bad image; it is seen again when there is more of it.
      if (outcome.result.cause !== 'missing') {
        const until = AbortSignal.any([signal, seenAgain]);
        await setTimeout(badFileGraceMs, undefined, { signal: until }).catch(() => undefined);
        signal.throwIfAborted();
      }
      const now = await currentVersion(path);
      if (outcome.result.cause === 'missing' || now === undefined)
        return onEvent({ type: 'imageVanished', image });
      if (now !== versionRead) return onEvent({ type: 'imageChanged', image });
    }
    // Replaced, while it waited, by a file that is done under its other name.
    if (ledger.has(image, versionRead)) return onEvent({ type: 'imageKnown', image });

    ledger.add(image, versionRead);
    await writer.append(record);
    onEvent({ type: 'imageFinished', record });
  }
}
