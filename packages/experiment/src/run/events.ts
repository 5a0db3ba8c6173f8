import type { Finding } from '../checks/check.ts';
import type { Verdict } from '../contract/experiment.ts';
import type { LogLevel } from '../contract/run-context.ts';
import type { Observation } from '../observation.ts';
import type { RunOutcome } from './outcome.ts';
import type { JudgedThreshold } from './thresholds.ts';

export interface PlannedArm {
  readonly arm: string;
  readonly units: number;
  readonly finishedUnits: number;
}

/** Everything that a run tells the outside: the plain log, JSON lines and the terminal UI are readers of this one stream. */
export type RunEvent =
  | {
      readonly type: 'runStarted';
      readonly experimentId: string;
      readonly folder: string;
      readonly targetLabel: string;
      /** Planned units, and those of them that an earlier session measured. */
      readonly units: number;
      readonly finishedUnits: number;
      /** The same, by arm, in the order of the plan. */
      readonly arms: readonly PlannedArm[];
      readonly estimatedDurationMs: number;
      readonly isResumed: boolean;
    }
  | { readonly type: 'progress'; readonly activity: string }
  | {
      readonly type: 'sampleRecorded';
      readonly observation: Observation;
      readonly finishedUnits: number;
      readonly units: number;
    }
  | { readonly type: 'log'; readonly level: LogLevel; readonly message: string }
  | {
      readonly type: 'derived';
      readonly verdict: Verdict;
      readonly findings: readonly Finding[];
      readonly thresholds: readonly JudgedThreshold[];
    }
  | { readonly type: 'runFinished'; readonly outcome: RunOutcome };

export type EmitRunEvent = (event: RunEvent) => void;
