import { type DrawnChart, groupedBarsChart, shareBarsChart, stackedBarsChart } from '@skyground/charts';
import { BRANCHES } from '../../branches.ts';
import { functionNames } from '../function-runs.ts';
import { functionTitles, modeTitles } from '../output/words.ts';
import type { Summary } from '../summary/summary.ts';
import { aboutLines, shownGroup } from './lines.ts';

export function perFunctionBreakdown(summary: Summary): DrawnChart {
  const groups = [shownGroup(summary, 'warm'), shownGroup(summary, 'cold')].flatMap((group) => group ?? []);
  return stackedBarsChart({
    id: 'per_function_breakdown',
    title: 'Billed time by function',
    lines: [...aboutLines(summary), 'medians of the REPORT lines; the four branches run at a time'],
    measure: { name: 'billed duration', unit: 'ms' },
    parts: functionNames.map((name) => ({ label: functionTitles[name] })),
    nothing: 'no run has the REPORT lines of its functions',
    bars: groups.flatMap(({ label, modes }) =>
      modes.map(({ mode, functions }) => ({
        label: `${modeTitles[mode]} (${label})`,
        values: functions.map(({ billedMs }) => billedMs ?? 0),
      })),
    ),
  });
}

/** Of Step Functions no branch starts anything. */
export function invokerDistribution(summary: Summary): DrawnChart {
  const parts = [...BRANCHES, 'unknown'] as const;
  return shareBarsChart({
    id: 'invoker_distribution',
    title: 'Which branch started the Publisher',
    lines: aboutLines(summary),
    thing: 'run',
    remark: 'In CLASSIC it is the branch that ended last, in FUTURE_BASED the one that ended first.',
    parts: parts.map((branch) => (branch === 'unknown' ? 'unknown' : functionTitles[branch])),
    bars: summary.groups
      .filter(({ start }) => start === 'warm')
      .flatMap(({ label, modes }) =>
        modes
          .filter(({ mode }) => mode !== 'STEP_FUNCTIONS')
          .map(({ mode, invokers }) => ({
            label: `${label}: ${modeTitles[mode]}`,
            counts: parts.map((branch) => invokers[branch]),
          })),
      ),
  });
}

export function branchTimingProfile(summary: Summary): DrawnChart {
  const group = shownGroup(summary);
  return groupedBarsChart({
    id: 'branch_timing_profile',
    title: `When each branch ends${group === undefined ? '' : `: ${group.label}`}`,
    lines: aboutLines(summary),
    measure: { name: 'time since ImageLoader ended', unit: 'ms' },
    statistic: 'median',
    remark: 'Equal in every mode, or the modes were not measured under the same conditions.',
    groups: BRANCHES.map((branch) => ({
      label: functionTitles[branch],
      bars: (group?.modes ?? []).map(({ mode, branchMs }) => ({
        arm: modeTitles[mode],
        figure: branchMs[branch],
      })),
    })),
  });
}
