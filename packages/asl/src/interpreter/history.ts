import type { JsonObject } from '../json.ts';

/**
 * An event as GetExecutionHistory gives it, without id, previousEventId and timestamp: the type and the one member of details
 * that goes with it (`stateEnteredEventDetails`, ...), every JSON text already text. Names and spelling are those of AWS.
 */
export interface HistoryEvent {
  readonly type: string;
  readonly detailsKey?: string;
  readonly details?: JsonObject;
}

/** Where an execution writes what happens; a runner that keeps no history answers 0. */
export interface HistoryRecorder {
  /**
   * Gives the event its id (1, 2, ...) and time. `previousEventId` is that of the same branch, 0 at the beginning.
   * A history that is full throws an ExecutionStopped ('FAILED'); it must still take the event that tells of the execution's end.
   */
  record(previousEventId: number, event: HistoryEvent): number;
}

export const noHistory: HistoryRecorder = { record: () => 0 };
