export { doneKey, lastRunId, readDone } from './done.ts';
export { OnPremUsageError, WorkerStartError } from './errors.ts';
export type {
  OnPremEvent,
  OnPremSummary,
  PoolEvent,
  WatchEvent,
  WatchSummary,
  WorkerDied,
} from './events.ts';
export { outputPath } from './output-path.ts';
export { createRunId } from './run-id.ts';
export { type OnPremOptions, runOnPrem } from './run-on-prem.ts';
export { type WatchOptions, watchOnPrem } from './watch-on-prem.ts';
