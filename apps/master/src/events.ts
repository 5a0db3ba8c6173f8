import type { Line } from '@skyground/charts';
import type { ImageRecord } from '@skyground/metrics';
import type { Comparison } from './comparison/comparison.ts';
import type { ExitCode } from './exit-codes.ts';
import type { StageId } from './stage-ids.ts';

export type Side = ImageRecord['source'];

/** Everything that a run tells the outside. The plain log, `--json` and the terminal UI are three readers of this one stream. */
export type MasterEvent =
  | {
      readonly type: 'runStarted';
      readonly runId: string;
      readonly targetLabel: string;
      readonly images: number;
      readonly repetitions: number;
      readonly workers: number;
      readonly concurrency: number;
      readonly resumed: boolean;
    }
  | { readonly type: 'stageStarted'; readonly stage: StageId }
  | {
      readonly type: 'stageProgress';
      readonly stage: StageId;
      readonly done: number;
      readonly total: number;
      readonly unit: string;
    }
  | {
      readonly type: 'stageFinished';
      readonly stage: StageId;
      readonly durationMs: number;
      readonly summary: string;
    }
  | { readonly type: 'stageSkipped'; readonly stage: StageId; readonly reason: string }
  | { readonly type: 'stageStopped'; readonly stage: StageId }
  | { readonly type: 'stageFailed'; readonly stage: StageId; readonly message: string }
  | {
      readonly type: 'imageStarted';
      readonly side: Side;
      readonly image: string;
      readonly repetition: number;
      readonly pid: number | null;
    }
  | {
      readonly type: 'imageFinished';
      readonly side: Side;
      readonly record: ImageRecord /** Before a stop; announced again for the whole picture. */;
      readonly earlier: boolean;
    }
  /** Outputs of both sides, byte for byte. */
  | { readonly type: 'outputsCompared'; readonly identical: number; readonly different: readonly string[] }
  | { readonly type: 'log'; readonly level: 'info' | 'warning' | 'error'; readonly message: string }
  | {
      readonly type: 'compared';
      readonly comparison: Comparison;
      readonly terminalChart: readonly Line[];
      readonly report: string;
    }
  | { readonly type: 'runFinished'; readonly exitCode: ExitCode; readonly message: string };

export type Emit = (event: MasterEvent) => void;
