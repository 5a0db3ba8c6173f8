import { formatNumber } from '@skyground/charts';
import type { SummaryTable } from '@skyground/experiment';
import { BRANCHES } from '../../branches.ts';
import { publishedGains, publishedReadOn, publishedSource } from '../published.ts';
import { scenarios } from '../scenarios.ts';
import type { Comparison, GroupSummary } from '../summary/group-summary.ts';
import type { Summary } from '../summary/summary.ts';
import { figure, nothing, percent, withInterval } from './format.ts';
import { functionTitles, isAgainstClassic, modeTitles, sideOf } from './words.ts';

export function tables(summary: Summary): readonly SummaryTable[] {
  return [
    gainTable(summary),
    modesTable(summary),
    publisherTable(summary),
    branchTable(summary),
    functionTable(summary),
    ...(summary.guide.length === 0 ? [] : [guideTable(summary)]),
    ...costTables(summary),
  ].filter(({ rows }) => rows.length > 0);
}

function eachComparison(
  { groups }: Summary,
  row: (group: GroupSummary, comparison: Comparison) => readonly string[],
): readonly (readonly string[])[] {
  return groups.flatMap((group) => group.comparisons.map((comparison) => row(group, comparison)));
}

function gainTable(summary: Summary): SummaryTable {
  return {
    id: 'gains',
    title: 'Gain of FUTURE_BASED, and what it can be at most',
    note: `End to end to the complete result. Medians over pairs of neighbouring runs, with 95 % intervals. Bound: the model of the first, max(T) + C + A, minus that of FUTURE_BASED, max(max T, min T + C + A), each of the run's own times. Both agree where the interval does not lie above the bound. Published: ${publishedSource}, read on ${publishedReadOn}, on AWS with delays unscaled; and once more without CLASSIC runs that look cold (12 % above the fastest), of which FUTURE_BASED had none.`,
    columns: [
      'scenario',
      'against',
      'pairs',
      'gain (ms)',
      'gain (%)',
      'bound (ms)',
      'bound (%)',
      'agree',
      'complete result',
      'published (%)',
      'without cold (%)',
    ],
    rows: eachComparison(summary, (group, comparison) => {
      const { gain, base } = comparison;
      const published = scenarios.find(({ id }) => id === group.scenario)?.published ?? null;
      const gains =
        published === null || !isAgainstClassic(comparison) || group.start === 'cold'
          ? undefined
          : publishedGains(published);
      return [
        group.label,
        modeTitles[base],
        String(gain.n),
        withInterval(gain.gainMs),
        withInterval(gain.gainPercent),
        figure(gain.boundMs),
        figure(gain.boundPercent),
        gain.agrees === null ? nothing : gain.agrees ? 'yes' : 'NO',
        sideOf(comparison),
        gains === undefined ? nothing : gains.asPublished.toFixed(1),
        gains === undefined ? nothing : gains.withoutCold.toFixed(1),
      ];
    }),
  };
}

function modesTable({ groups }: Summary): SummaryTable {
  return {
    id: 'latencies',
    title: 'Latencies by scenario and mode',
    note: 'Medians in ms since the client began to ask, with 95 % intervals. Hand-over: from the end of the branch that starts the Publisher to its first statement. Spread: from the end of the fastest branch to that of the slowest.',
    columns: [
      'scenario',
      'mode',
      'runs',
      'end to end',
      'first publish',
      'Publisher start',
      'hand-over',
      'spread',
    ],
    rows: groups.flatMap(({ label, modes }) =>
      modes.map((one) => [
        label,
        modeTitles[one.mode],
        String(one.n),
        withInterval(one.endToEndMs),
        withInterval(one.firstPublishMs),
        withInterval(one.publisherStartMs),
        withInterval(one.handOverMs),
        figure(one.varianceMs),
      ]),
    ),
  };
}

function publisherTable({ groups }: Summary): SummaryTable {
  return {
    id: 'publisher',
    title: 'The Publisher: who starts it, what is there, how long it waits',
    note: 'Started by: runs by the branch that started it. There: inputs of four that were there when it began. Waits are medians in ms; several inputs are waited for at a time, and the billed wait is the time in which any was.',
    columns: [
      'scenario',
      'mode',
      'started by',
      'there',
      ...BRANCHES.map((branch) => `wait for ${functionTitles[branch]}`),
      'billed wait (ms)',
      'own work (ms)',
    ],
    rows: groups.flatMap(({ label, modes }) =>
      modes.map((one) => [
        label,
        modeTitles[one.mode],
        startedBy(one.invokers),
        figure(one.preResolved),
        ...BRANCHES.map((branch) => figure(one.inputWaitMs[branch])),
        figure(one.billedWaitMs),
        figure(one.workMs),
      ]),
    ),
  };
}

function startedBy(invokers: GroupSummary['modes'][number]['invokers']): string {
  const titles = { ...functionTitles, unknown: 'not known' };
  return [...BRANCHES, 'unknown' as const]
    .filter((branch) => invokers[branch] > 0)
    .map((branch) => `${titles[branch]} ${invokers[branch]}`)
    .join(', ');
}

function branchTable({ groups }: Summary): SummaryTable {
  return {
    id: 'branches',
    title: 'Branch times',
    note: 'T: from the end of ImageLoader to the end of each branch, medians in ms. Sigma: standard deviation of the four of a run, median over runs.',
    columns: ['scenario', 'mode', ...BRANCHES.map((branch) => functionTitles[branch]), 'sigma'],
    rows: groups.flatMap(({ label, modes }) =>
      modes.map((one) => [
        label,
        modeTitles[one.mode],
        ...BRANCHES.map((branch) => figure(one.branchMs[branch].estimate)),
        figure(one.sigmaMs),
      ]),
    ),
  };
}

function functionTable({ groups }: Summary): SummaryTable {
  return {
    id: 'functions',
    title: 'Functions',
    note: 'Medians of the REPORT lines: duration, billed duration and, where the run was cold, init in ms, largest memory used in MB. Durations hold what is waited for, injected delays among it.',
    columns: ['scenario', 'mode', 'function', 'duration', 'billed', 'init', 'memory used'],
    rows: groups.flatMap(({ label, modes }) =>
      modes.flatMap(({ mode, functions }) =>
        functions.map((one) => [
          label,
          modeTitles[mode],
          functionTitles[one.name],
          figure(one.durationMs),
          figure(one.billedMs),
          figure(one.initMs),
          figure(one.maxMemoryUsedMb),
        ]),
      ),
    ),
  };
}

function guideTable({ guide, timeScale }: Summary): SummaryTable {
  return {
    id: 'guide',
    title: "The guide's expectations",
    note: `Branches padded to 100, 200, 350 and 1,400 ms${timeScale === 1 ? '' : `, scaled by ${timeScale} like the expected times, which are then not judged: work is not scaled, and may exceed what it is padded to`}. Confirmed: within 15 % of what is expected.`,
    columns: ['figure', 'expected', 'measured', 'verdict', 'why'],
    rows: guide.map(({ what, expected, measured, verdict, why }) => [what, expected, measured, verdict, why]),
  };
}

function costTables({ costs }: Summary): readonly SummaryTable[] {
  const services = [
    ...new Set(
      costs.flatMap(({ perMillionUsd }) => perMillionUsd?.byService.map(({ service }) => service) ?? []),
    ),
  ];
  const readOn = costs.find(({ pricesReadOn }) => pricesReadOn !== null)?.pricesReadOn;
  if (readOn === undefined) return [];
  return [
    {
      id: 'costs',
      title: 'Cost of a million runs',
      note: `USD, modelled from what the warm runs used and list prices of AWS read on ${readOn}, without free tier. An item of DynamoDB counts as one unit. Waiting: share of what Lambda bills for time that the Publisher spends waiting for inputs.`,
      columns: ['mode', ...services, 'total', 'waiting'],
      rows: costs.map(({ mode, perMillionUsd, waitShare }) => [
        modeTitles[mode],
        ...services.map((service) => {
          const usd = perMillionUsd?.byService.find((one) => one.service === service)?.usd;
          return usd === undefined ? nothing : formatNumber(usd);
        }),
        perMillionUsd === null ? nothing : formatNumber(perMillionUsd.total),
        waitShare === null ? nothing : percent(100 * waitShare),
      ]),
    },
  ];
}
