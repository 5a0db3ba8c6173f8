import { comparisons, groupsOf } from '../figures/groups.ts';
import { type Parameters, settingsOf } from '../parameters.ts';
import { isCompared, type Sample } from '../sample.ts';
import { type GroupSummary, groupSummary } from './group-summary.ts';
import { type GuideFigure, guideFigures } from './guide.ts';
import { type InvokerCount, invokerCounts } from './invoker-counts.ts';
import { type ModeCost, modeCosts } from './mode-costs.ts';

export interface Summary {
  readonly targetLabel: string;
  /** This machine, and not AWS. */
  readonly isEmbedded: boolean;
  readonly timeScale: number;
  readonly imageSize: string;
  readonly passing: Parameters['passing'];
  readonly isQuick: boolean;
  readonly modes: readonly Sample['mode'][];
  /** By scenario and start, warm ones first. */
  readonly groups: readonly GroupSummary[];
  readonly invokers: readonly InvokerCount[];
  readonly costs: readonly ModeCost[];
  /** Empty where the guide's scenario was not measured. */
  readonly guide: readonly GuideFigure[];
  readonly failed: number;
  /** Warm runs that met a cold start and were measured once more. */
  readonly coldAgain: number;
  /** Start of the first row: names the files as the origin's do. */
  readonly startedAtMs: number;
}

export function summarise(samples: readonly Sample[], parameters: Parameters): Summary {
  const targetLabel = samples[0]?.targetLabel ?? 'cloud';
  const { timeScale, imageSize, passing, quick } = parameters;
  const groups = groupsOf(samples).map((group) => groupSummary(group, comparisons));
  return {
    targetLabel,
    isEmbedded: targetLabel.startsWith('cloud (local'),
    ...{ timeScale, imageSize, passing },
    isQuick: quick,
    modes: settingsOf(parameters).modes,
    groups,
    invokers: invokerCounts(samples),
    costs: modeCosts(samples.filter(isCompared)),
    guide: guideFigures(groups, timeScale),
    failed: samples.filter(({ outcome }) => outcome !== 'succeeded').length,
    coldAgain: samples.filter(({ phase }) => phase === 'cold again').length,
    startedAtMs: Math.min(...samples.map(({ startedAtMs }) => startedAtMs), Number.MAX_SAFE_INTEGER),
  };
}
