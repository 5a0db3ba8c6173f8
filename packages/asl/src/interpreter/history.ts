import type { Json } from '../json.ts';

/**
 * An event as GetExecutionHistory gives it, without id, previousEventId and timestamp: the type and the one member of details
 * that goes with it (`stateEnteredEventDetails`, ...), every JSON text already text. Names and spelling are those of AWS.
 */
export interface HistoryEvent {
  readonly type: string;
  readonly detailsKey?: string;
  readonly details?: Readonly<Record<string, Json>>;
}

/** Where an execution writes what happens; a runner that keeps no history answers 0. */
export interface HistoryRecorder {
  /** Gives the event its id (1, 2, ...) and time. `previousEventId` is that of the same branch, 0 at the beginning. */
  record(previousEventId: number, event: HistoryEvent): number;
}

export const noHistory: HistoryRecorder = { record: () => 0 };
