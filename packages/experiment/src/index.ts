export { allChecks, findAll } from './checks/all.ts';
export type { Check, CheckInput, Finding, RunConditions } from './checks/check.ts';
export { named } from './checks/wording.ts';
export type { CloudPlace, CloudRequest, CloudSession } from './contract/cloud.ts';
export { columnsOf, type SampleColumn } from './contract/columns.ts';
export { defineExperiment } from './contract/define-experiment.ts';
export type {
  AnalysisSection,
  AnyExperiment,
  Experiment,
  KnownConditions,
  Plan,
  PlannedUnit,
  RunFile,
  SummaryTable,
  Verdict,
} from './contract/experiment.ts';
export {
  describeParameters,
  type GivenParameters,
  type Origin,
  type ParameterDescription,
} from './contract/parameters.ts';
export type { LogLevel, RunContext } from './contract/run-context.ts';
export { RunFolderError, UsageError } from './errors.ts';
export type { Observation } from './observation.ts';
export { type ArmChange, compareRuns, type RunComparison } from './results/compare-runs.ts';
export { copyReport } from './results/copy-report.ts';
export { deleteRun } from './results/delete-run.ts';
export type { DifferentCondition } from './results/different-conditions.ts';
export { type Exported, type ExportFormat, exportFormats, exportSamples } from './results/export-samples.ts';
export { type ListedRun, listRuns } from './results/list-runs.ts';
export { readObservations } from './results/read-observations.ts';
export { type RunStatus, type ShownRun, showRun } from './results/show-run.ts';
export { type Clock, systemClock } from './run/clock.ts';
export { deriveAgain } from './run/derive.ts';
export type { DerivedRun } from './run/derived-run.ts';
export type { EmitRunEvent, PlannedArm, RunEvent } from './run/events.ts';
export { type ExitCode, exitCodes } from './run/exit-codes.ts';
export { type Manifest, readManifest } from './run/manifest.ts';
export { exitCodeOf, type RunOutcome } from './run/outcome.ts';
export { previewRun, type RunPreview } from './run/preview-run.ts';
export { resumeRun } from './run/resume-run.ts';
export type { RunBill } from './run/run-bill.ts';
export { type RunOptions, runExperiment } from './run/run-experiment.ts';
export type { JudgedThreshold } from './run/thresholds.ts';
export type { ResumeOptions } from './run/with-outcome.ts';
