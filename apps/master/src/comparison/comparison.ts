import type { RatioResult } from '@skyground/statistics';
import { type Finding, type FindingsInput, findFaults } from './findings.ts';
import { headlineOf } from './headline.ts';
import { ratioOf } from './ratio.ts';
import { type SideSummary, summariseSide } from './side-summary.ts';

/** comparison.json: what the rows say. Derived from the two CSVs and the run's state alone, so that it can be derived again. */
export interface Comparison {
  readonly schemaVersion: 1;
  readonly runId: string;
  /** `cloud (local)` where the embedded cloud ran it: same programming model, this machine's hardware. */
  readonly targetLabel: string;
  /** Of the bootstrap behind every interval: charts drawn again from this file are the same. */
  readonly seed: number;
  /** False as soon as one finding is an error. */
  readonly valid: boolean;
  readonly headline: string;
  readonly onPrem: SideSummary;
  readonly cloud: SideSummary;
  /** Cloud time over on-prem time, image by image; above 1 on-prem is faster. */
  readonly ratio: RatioResult;
  readonly findings: readonly Finding[];
}

export interface ComparisonInput extends FindingsInput {
  readonly runId: string;
  readonly targetLabel: string;
  readonly seed: number;
}

export function compare(input: ComparisonInput): Comparison {
  const ratio = ratioOf(input.onPrem, input.cloud, input.seed);
  const findings = [...findFaults(input), ...ratioFaults(ratio)];
  const valid = findings.every(({ level }) => level !== 'error');
  return {
    schemaVersion: 1,
    runId: input.runId,
    targetLabel: input.targetLabel,
    seed: input.seed,
    valid,
    headline: headlineOf({ ratio, valid, targetLabel: input.targetLabel }),
    onPrem: summariseSide(input.onPrem, { interrupted: input.interruptedSides.includes('on_prem') }),
    cloud: summariseSide(input.cloud, { interrupted: input.interruptedSides.includes('cloud') }),
    ratio,
    findings,
  };
}

function ratioFaults(ratio: RatioResult): Finding[] {
  switch (ratio.kind) {
    case 'ratio':
      return [];
    case 'too few':
      return [
        {
          level: 'error',
          id: 'too-few',
          message: `${Math.min(...ratio.n)} images have a warm row on both sides; an interval needs ${ratio.needed}. Add images: repetitions of one image do not count as images.`,
        },
      ];
    case 'not positive':
      return [
        {
          level: 'error',
          id: 'zero-times',
          message: `${ratio.notPositive[0] + ratio.notPositive[1]} processing times are zero or less.`,
        },
      ];
  }
}
