import { type CollectOptions, collectParts, mergeParts, type Part } from '@skyground/image-processor';
import { rowKey } from './comparison/rows.ts';
import type { Emit } from './events.ts';

interface Row {
  readonly image: string;
  readonly repetition: number;
}

type Look = Pick<CollectOptions, 'clients' | 'outputBucket' | 'runId' | 'signal'> & { readonly emit: Emit };

/** The images that are on their way through the cloud, whichever stage looks: each starts and finishes once. */
export class CloudImages {
  readonly #openedMs = Date.now();
  readonly #known = new Map<string, Part>();
  readonly #started = new Set<string>();
  readonly #finished = new Set<string>();

  /** The image was uploaded, now or before a stop. */
  started({ emit }: Pick<Look, 'emit'>, row: Row): void {
    if (this.#started.has(rowKey(row))) return;
    this.#started.add(rowKey(row));
    emit({ type: 'imageStarted', side: 'cloud', image: row.image, repetition: row.repetition, pid: null });
  }

  /** Looks into the output bucket. @returns how many of the run's rows are there. */
  async look({ emit, ...place }: Look): Promise<number> {
    const parts = await collectParts({ ...place, known: this.#known });
    const records = mergeParts(parts, place.runId);
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
