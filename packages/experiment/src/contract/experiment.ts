import type { DataTable, DrawnChart } from '@skyground/charts';
import type { AppDeclaration } from '@skyground/cloud';
import type { Usage } from '@skyground/cost';
import type { LoadSample } from '@skyground/load';
import type { z } from 'zod';
import type { CheckInput, Finding, RunConditions } from '../checks/check.ts';
import type { Observation } from '../observation.ts';
import type { CloudPlace } from './cloud.ts';
import type { RunContext } from './run-context.ts';

/** A strict Zod object whose values are T. */
export type ObjectSchema<T> = z.ZodObject & z.ZodType<T>;

/** One thing to measure once. */
export interface PlannedUnit {
  readonly arm: string;
  /** See Observation.unit. */
  readonly unit: string;
}

export interface Plan {
  /** In run order, arms interleaved as they will run; warm-up is not in it. Frozen when a run begins. */
  readonly units: readonly PlannedUnit[];
  readonly estimatedDurationMs: number;
  /** What it will use of the cloud, warm-up included; absent where it uses nothing. The plan's modelled cost is priced from it. */
  readonly estimatedUsage?: Usage;
}

export interface Verdict {
  /** One sentence: who wins, by what ratio, with its interval; or that nobody does. */
  readonly headline: string;
  readonly sentences: readonly string[];
}

/** Figures of the summary for the report, beside the table of arms that every report has. Sortable by column. */
export interface SummaryTable extends DataTable {
  readonly id: string;
  readonly title: string;
  /** One sentence: what the figures are, and how they were worked out. */
  readonly note: string;
}

/** What the data say beyond the verdict, in sentences worked out from the summary: for the report. */
export interface AnalysisSection {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** A file that people's other tools expect, beside those that every run has. */
export interface RunFile {
  /**
   * Inside the run folder, `/` as separator: `locust_logs/test_stats.csv`. Letters, digits, _ - and . in its names; none of the
   * runner's own.
   */
  readonly path: string;
  /** What it is, for the report: a few words. */
  readonly title: string;
  readonly content: string;
}

/** What the validity checks need and only the experiment knows. */
export type KnownConditions = Pick<RunConditions, 'clockOffset'>;

/**
 * Everything that is special about one benchmark. The runner owns the rest: the run folder, the manifest, streaming,
 * resuming, checking, drawing. Declare one with `defineExperiment`.
 */
export interface Experiment<Parameters extends object, Sample extends object, Summary> {
  /** Lower case with hyphens: the name on the command line and the folder below results/. */
  readonly id: string;
  readonly title: string;
  /** One sentence that the verdict answers. */
  readonly question: string;
  /** Strict; every member has a default and a description: flags and docs derive from them. Recorded in public: no secret. */
  readonly parameters: ObjectSchema<Parameters>;
  /** Strict: one CSV row. Columns are the keys in their order, with units in their names; text, numbers, booleans, or null. */
  readonly sample: ObjectSchema<Sample>;
  /** See CheckInput. */
  readonly durationCovers: CheckInput['durationCovers'];
  /** Versions of libraries that what is measured depends on (`sharp`), for the manifest. */
  libraryVersions(): Promise<Readonly<Record<string, string>>>;
  plan(parameters: Parameters): Promise<Plan>;
  /**
   * What has to be deployed before anything is measured; the runner deploys it on the chosen target at the start of each session
   * and gives the target to `run`. Absent: nothing of it runs in a cloud.
   */
  deployment?(parameters: Parameters, place: CloudPlace): AppDeclaration;
  /** Asked at the start of each session, before the first sample. */
  conditions(context: RunContext<Parameters, Sample>): Promise<KnownConditions>;
  /** Measures `context.units` and records each once. A failed unit is a sample, not an exception. */
  run(context: RunContext<Parameters, Sample>): Promise<void>;
  observe(sample: Sample): Observation;
  /**
   * What can be wrong with a comparison of this experiment's alone, beside what every run is checked for: two arms whose outputs
   * differ, a gain that no model allows. Findings of both stand together, errors first. Pure; check ids in lower case with hyphens.
   */
  checks?(samples: readonly Sample[], parameters: Parameters): readonly Finding[];
  /**
   * The sample as a request, for JMeter's and Locust's files; null for a row that is none. Absent: made from the observation, which
   * knows no method, response code, error or bytes sent.
   */
  loadSample?(sample: Sample): LoadSample | null;
  /** Pure, and JSON: no NaN, no undefined. */
  summarise(samples: readonly Sample[], parameters: Parameters): Summary;
  /** Pure. */
  verdict(summary: Summary): Verdict;
  /** What the samples, warm-up included, used of the cloud, as measured: the run's bill is priced from it. Pure. */
  usage?(samples: readonly Sample[], parameters: Parameters): Usage;
  /** Pure. */
  tables?(summary: Summary): readonly SummaryTable[];
  /** Pure. */
  analysis?(summary: Summary): readonly AnalysisSection[];
  /** Pure. Ids are file names, `charts/<id>.png`: words in lower case, joined by - or _. */
  charts(summary: Summary, samples: readonly Sample[]): readonly DrawnChart[];
  /**
   * Pure. `pictures`: every chart's SVG by its id, for pages that show some. What an earlier derivation wrote and is no longer
   * among them is removed.
   */
  files?(
    summary: Summary,
    samples: readonly Sample[],
    pictures: ReadonlyMap<string, string>,
  ): readonly RunFile[];
}

/** Any experiment, for those who handle it without knowing what it measures (lists, the runner). */
export type AnyExperiment = Experiment<object, object, unknown>;
