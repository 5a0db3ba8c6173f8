import type { Observation } from '../observation.ts';

/** What a check may look at: everything that was measured, everything that was planned, and where it happened. */
export interface CheckInput {
  readonly observations: readonly Observation[];
  /** What should have been measured: units per arm, warm-up not among them. */
  readonly planned: ReadonlyMap<string, readonly string[]>;
  /** Whether a duration claims all the time from start to end of its unit, or a part of it (a handler's time in a request). */
  readonly durationCovers: 'span' | 'part';
  readonly conditions: RunConditions;
}

/** What the runner noted of the machine and the clock while it ran; null where it could not be read. */
export interface RunConditions {
  /** Below this many compared samples an arm says nothing. */
  readonly minimumSamples: number;
  readonly clockResolutionMs: number;
  /** Client minus cloud, and how far that may be off; null where both are one clock. */
  readonly clockOffset: { readonly offsetMs: number; readonly uncertaintyMs: number } | null;
  /** One-minute load average beside the run's own work, and cores; stolen share of the processor, 0 to 1. */
  readonly load: {
    readonly foreignCores: number;
    readonly cores: number;
    readonly stealShare: number;
  } | null;
  /** The day of the price table that figures of the report come from; null where it shows no prices. */
  readonly pricesReadOn: string | null;
  /** UTC, ISO 8601. */
  readonly startedAt: string;
}

/** Something that makes a comparison doubtful (`warning`) or worthless (`error`: exit code 3 and a banner). */
export interface Finding {
  readonly checkId: string;
  readonly severity: 'error' | 'warning';
  /** Arms that it is about; empty for the run as a whole. */
  readonly arms: readonly string[];
  /** What was seen, with its figures. */
  readonly seen: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** One way in which a comparison can be invalid. Pure: equal input, equal findings. */
export interface Check {
  readonly id: string;
  /** One sentence: what would be wrong with the comparison. */
  readonly guards: string;
  find(input: CheckInput): readonly Finding[];
}
