export { readSamples } from './csv/read.ts';
export { createSampleWriter, type SampleWriter, samplesToCsv } from './csv/write.ts';
export { type LoadOutcome, type RunLoadOptions, runLoad } from './engine/run-load.ts';
export { LoadError } from './errors.ts';
export { readJtl } from './jtl/read.ts';
export { type JtlOptions, samplesToJtl } from './jtl/write.ts';
export type { LocustFailure } from './locust/failures.ts';
export { type HistoryOptions, historyOf, type LoadPoint } from './locust/history.ts';
export { type LocustLogOptions, locustLog } from './locust/log.ts';
export {
  type LocustException,
  type LocustStats,
  readLocustExceptions,
  readLocustFailures,
  readLocustHistory,
  readLocustStats,
} from './locust/read.ts';
export { type LocustReportOptions, locustReportHtml } from './locust/report-html.ts';
export type { TimesFrom } from './locust/tally.ts';
export { type LocustFiles, samplesToLocust } from './locust/write.ts';
export { openSchedule } from './model/open-schedule.ts';
export { type ClosedModel, type LoadPlan, loadPlanSchema, type OpenModel, type Stage } from './model/plan.ts';
export { jmeterPlan } from './plans/jmeter-plan.ts';
export { locustfile } from './plans/locustfile.ts';
export {
  type DroppedSample,
  isSent,
  type LoadSample,
  responseMs,
  type SentSample,
  serviceMs,
} from './sample.ts';
export { type LatencyView, LiveView, type LoadView } from './summary/live-view.ts';
export {
  judgeThresholds,
  parseThreshold,
  type Threshold,
  type ThresholdVerdict,
} from './summary/thresholds.ts';
