/** What every built chart is given by who knows what was measured. Texts may come from outside. */
export interface ChartHeading {
  /** File name without extension: lower-case words with hyphens. */
  readonly id: string;
  readonly title: string;
  /** Lines below the title, for example what it ran on and in which run. */
  readonly lines?: readonly string[];
  /** Sentences before the one that says how to read the picture, for example a test's result. */
  readonly remark?: string;
}

export interface Measure {
  /** `processing time`, `cost of a run`. */
  readonly name: string;
  /** `ms`, `USD`; empty for what has none. */
  readonly unit: string;
}
