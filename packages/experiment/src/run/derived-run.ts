import type { DrawnChart } from '@skyground/charts';
import type { Finding } from '../checks/check.ts';
import type { AnyExperiment, RunFile, Verdict } from '../contract/experiment.ts';
import type { Observation } from '../observation.ts';
import type { Json } from './json.ts';
import type { Manifest } from './manifest.ts';
import type { RunBill } from './run-bill.ts';
import type { JudgedThreshold } from './thresholds.ts';

/** A run with everything that follows from its manifest and its samples: what a report is made of. */
export interface DerivedRun {
  readonly folder: string;
  readonly experiment: AnyExperiment;
  readonly manifest: Manifest;
  readonly samples: readonly object[];
  /** One for each sample, in the same order. */
  readonly observations: readonly Observation[];
  /** What the experiment's `summarise` made, as JSON. */
  readonly summary: Json;
  readonly verdict: Verdict;
  /** Errors first. */
  readonly findings: readonly Finding[];
  /** One for each threshold and arm that it is about; empty where none was set. */
  readonly thresholds: readonly JudgedThreshold[];
  /** undefined for an experiment that uses nothing of a cloud. */
  readonly bill: RunBill | undefined;
  readonly charts: readonly DrawnChart[];
  /** Every chart's picture, by its id. */
  readonly svgById: ReadonlyMap<string, string>;
  /** What the experiment has beside what every run has. */
  readonly files: readonly RunFile[];
}
