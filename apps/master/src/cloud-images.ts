import { collectParts, mergeParts, type Part } from '@skyground/image-processor';
import { rowKey } from './comparison/rows.ts';
import type { StageContext } from './stage.ts';

interface Row {
  readonly image: string;
  readonly repetition: number;
}

type Context = Pick<StageContext, 'cloud' | 'runId' | 'emit' | 'signal'>;

/** The images that are on their way through the cloud, whichever stage looks: each starts and finishes once. */
export class CloudImages {
  readonly #openedMs = Date.now();
  readonly #known = new Map<string, Part>();
  readonly #started = new Set<string>();
  readonly #finished = new Set<string>();

  /** The image was uploaded, now or before a stop. */
  started({ emit }: Pick<Context, 'emit'>, row: Row): void {
    if (this.#started.has(rowKey(row))) return;
    this.#started.add(rowKey(row));
    emit({ type: 'imageStarted', side: 'cloud', image: row.image, repetition: row.repetition, pid: null });
  }

  /** Looks into the output bucket. @returns how many of the run's rows are there. */
  async look({ cloud, runId, emit, signal }: Context): Promise<number> {
    const { clients, names } = await cloud();
    const parts = await collectParts({
      clients,
      outputBucket: names.buckets.output,
      runId,
      signal,
      known: this.#known,
    });
    const records = mergeParts(parts, runId);
    for (const record of records) {
      if (this.hasFinished(record)) continue;
      this.#started.add(rowKey(record));
      this.#finished.add(rowKey(record));
      emit({
        type: 'imageFinished',
        side: 'cloud',
        record,
        earlier: Date.parse(record.timestamp) < this.#openedMs,
      });
    }
    return records.length;
  }

  hasFinished(row: Row): boolean {
    return this.#finished.has(rowKey(row));
  }
}
