import type { HistoryEvent, HistoryRecorder } from '@skyground/asl';
import type { Clock } from '../../clock.ts';
import type { PlacedEvent } from './event-table.ts';

/** Of a Standard execution; the last one says that there were too many. */
const MAXIMUM_EVENTS = 25_000;

export interface HistorySettings {
  readonly clock: Clock;
  /** Where events go: the table, the log, both or none. */
  readonly write: readonly ((event: PlacedEvent) => void)[];
  /** Called once, when one event more would be too many; undefined where there is no limit. */
  readonly onFull: (() => void) | undefined;
}

/** Numbers the events of one execution and hands them on, until it is closed. */
export class ExecutionHistory implements HistoryRecorder {
  readonly #settings: HistorySettings;
  #lastId = 0;
  #isClosed = false;

  constructor(settings: HistorySettings) {
    this.#settings = settings;
  }

  record(previousEventId: number, event: HistoryEvent): number {
    if (this.#isClosed) return this.#lastId;
    const { onFull } = this.#settings;
    if (onFull !== undefined && this.#lastId + 1 >= MAXIMUM_EVENTS && !isEnd(event.type)) {
      onFull();
      return this.#lastId;
    }
    return this.#place(previousEventId, event);
  }

  /** The last event, from outside the machine; whatever it still says is dropped. */
  close(event?: HistoryEvent, previousEventId = this.#lastId): void {
    if (event !== undefined && !this.#isClosed) this.#place(previousEventId, event);
    this.#isClosed = true;
  }

  #place(previousEventId: number, event: HistoryEvent): number {
    this.#lastId += 1;
    const placed = {
      ...event,
      id: this.#lastId,
      previousEventId,
      timestampMs: this.#settings.clock.now(),
    };
    for (const write of this.#settings.write) write(placed);
    return this.#lastId;
  }
}

function isEnd(type: string): boolean {
  return type.startsWith('Execution');
}
