import type { Clock } from '../run/clock.ts';
import type { CloudSession } from './cloud.ts';
import type { PlannedUnit } from './experiment.ts';

export type LogLevel = 'info' | 'warning' | 'error';

/** What an experiment is given to run with. */
export interface RunContext<Parameters, Sample> {
  readonly parameters: Parameters;
  /** What is left to measure, in run order: all of the plan, or what a stop left over. */
  readonly units: readonly PlannedUnit[];
  /** What the cloud side runs on, as the reader shall see it: `cloud (local)`. */
  readonly targetLabel: string;
  /** undefined for an experiment without a deployment. */
  readonly cloud: CloudSession | undefined;
  /** 32-bit: the one source of whatever is drawn by lot. The same after a resume. */
  readonly seed: number;
  /** Aborts when the person stops the run or a row cannot be written. Rows of units then under way are still taken. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Resolves when the row would survive the death of the process. Rejects for a row that breaks the schema or repeats a unit. */
  record(sample: Sample): Promise<void>;
  /** What is being done now, in words: `deploying`, `warming up`. */
  progress(activity: string): void;
  /** To whoever watches, and to run.log. */
  log(level: LogLevel, message: string): void;
}
