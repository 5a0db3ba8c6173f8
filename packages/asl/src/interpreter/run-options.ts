import type { Clock } from '../clock.ts';
import type { Definition } from '../definition/read-definition.ts';
import type { Json } from '../json.ts';
import type { HistoryRecorder } from './history.ts';
import type { TaskRunner } from './task-runner.ts';
import type { Surroundings } from './visit.ts';

export interface RunOptions extends Surroundings {
  readonly definition: Definition;
  readonly input: Json;
  readonly tasks: TaskRunner;
  readonly clock: Clock;
  readonly history: HistoryRecorder;
  /** In history's ExecutionStarted. */
  readonly roleArn: string;
  /** In history's TaskScheduled. */
  readonly region: string;
  /**
   * An abort stops everything; the reason decides the outcome: an ExecutionStopped gives its status, error and cause. With any
   * other reason runMachine rejects with it and writes no end into history (the process shuts down).
   */
  readonly signal: AbortSignal;
}
