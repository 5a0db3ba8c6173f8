import { type Crossing, crossingOf } from './crossing.ts';
import { type LabSummary, labSummary } from './lab-summary.ts';
import type { WorkflowType } from './parameters.ts';
import { observe, type Sample } from './sample.ts';
import { ofType, type SweepSummary, sweepSummary, typesIn } from './sweep-summary.ts';

/** From which task duration on the overhead is below 10 and below 1 percent, by both definitions. */
export interface Crossings {
  readonly workflowType: WorkflowType;
  readonly event: readonly Limit[];
  readonly handler: readonly Limit[];
}

export interface Limit {
  readonly percent: number;
  readonly crossing: Crossing;
}

export interface Summary {
  readonly targetLabel: string;
  /** This machine, and not AWS. */
  readonly isEmbedded: boolean;
  readonly lab: LabSummary;
  readonly sweeps: SweepSummary;
  /** Whether any sweep was made, whatever came of it. */
  readonly isSwept: boolean;
  readonly crossings: readonly Crossings[];
  /** Executions of the plan that did not succeed. */
  readonly failed: number;
  /** Executions in which an environment had to start, warm-up left out: kept, not compared, and measured again. */
  readonly coldAgain: number;
  /** Executions of the plan in which one had to start each time: not compared. */
  readonly coldToTheLast: number;
  /** Executions of which no REPORT line says what the probe's invocations were billed. */
  readonly notBilled: number;
}

/** Shares that people ask for: one part in ten, one in a hundred. */
const limits = [10, 1];

export function summarise(samples: readonly Sample[]): Summary {
  const sweeps = sweepSummary(samples);
  const targetLabel = samples[0]?.targetLabel ?? 'cloud';
  const measured = samples.filter(({ phase }) => phase !== 'warm-up');
  return {
    targetLabel,
    isEmbedded: targetLabel.startsWith('cloud (local'),
    lab: labSummary(samples),
    sweeps,
    isSwept: samples.some(({ part }) => part !== 'lab'),
    crossings: typesIn(sweeps.duration).map((workflowType) => {
      const points = ofType(sweeps.duration, workflowType);
      const limitsOf = (name: 'eventPercent' | 'handlerPercent') =>
        limits.map((percent) => ({ percent, crossing: crossingOf(points, percent, name) }));
      return { workflowType, event: limitsOf('eventPercent'), handler: limitsOf('handlerPercent') };
    }),
    failed: measured.filter((sample) => observe(sample).outcome !== 'succeeded').length,
    coldAgain: measured.filter(({ phase }) => phase === 'cold again').length,
    coldToTheLast: measured.filter(
      ({ phase, status, coldEnvironments }) =>
        phase === 'measured' && status === 'SUCCEEDED' && coldEnvironments > 0,
    ).length,
    notBilled: samples.filter(({ probeBilledMs }) => probeBilledMs === null).length,
  };
}
