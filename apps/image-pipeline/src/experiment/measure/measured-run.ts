import type { Sample } from '../sample.ts';

/** A run of the workflow as its client saw it, before the logs are read. */
export interface MeasuredRun
  extends Pick<
    Sample,
    'mode' | 'session' | 'outcome' | 'error' | 'startedAtMs' | 'endedAtMs' | 'transitions'
  > {
  /** Of Step Functions: its invocations, which the logs name by nothing else. */
  readonly requestIds: readonly string[];
}
