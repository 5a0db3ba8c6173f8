import type { ListedImage } from '@skyground/imaging';
import type { CloudSide } from './cloud-side.ts';
import type { Emit } from './events.ts';
import type { RunOptions } from './options.ts';
import type { RunState } from './run-state.ts';
import type { StageId } from './stage-ids.ts';

/** What a stage is given. Stages talk to each other through files, buckets and the run state alone, so that each can run by itself. */
export interface StageContext {
  readonly options: RunOptions;
  readonly runId: string;
  readonly images: readonly ListedImage[];
  /** What runs now: this stage and the others that were asked for. */
  readonly stages: readonly StageId[];
  readonly emit: Emit;
  readonly signal: AbortSignal;
  /** Opens the target on first use (for `local`: finds or starts the embedded cloud). */
  readonly cloud: () => Promise<CloudSide>;
  readonly state: () => RunState;
  readonly updateState: (
    change: Partial<Pick<RunState, 'uploadStartedMs' | 'targetLabel' | 'differentOutputs'>>,
  ) => Promise<void>;
  /** Asks the person; throws UsageError where nobody can be asked and --yes was not given. */
  readonly confirm: (question: string) => Promise<boolean>;
  /** Columns of the place where the result is printed. */
  readonly width: number;
  readonly progress: (done: number, total: number, unit: string) => void;
}

export interface Stage {
  readonly id: StageId;
  /** Does the work; resolves with one sentence that says what was done. */
  run(context: StageContext): Promise<string>;
}
