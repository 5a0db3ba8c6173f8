import type { SummaryTable } from '@skyground/experiment';
import type { ChainFigures } from '../figures/chain.ts';
import type { ParallelFigures } from '../figures/parallel.ts';
import { ms, percent, timeOfDay } from './format.ts';
import type { LabExecution, LabSummary } from './lab-summary.ts';

const columns = ['Metric / Event', 'Value', 'Notes'] as const;

/** The lab's two tables, every cell filled; a table stays away where no execution can be shown. */
export function labTables({ chain, parallel }: LabSummary): readonly SummaryTable[] {
  return [
    ...(chain.shown === null ? [] : [chainTable(chain.shown, chain.executions.length)]),
    ...(parallel.shown === null ? [] : [parallelTable(parallel.shown, parallel.executions.length)]),
  ];
}

const letters = ['A', 'B', 'C'];

function chainTable({ executionArn, figures }: LabExecution<ChainFigures>, of: number): SummaryTable {
  const { tasks, gapsMs, totalOverheadMs, totalInternalMs, overheadPercent } = figures;
  const starts = tasks.flatMap(({ enteredAtMs, succeededAtMs, exitedAtMs }, index) => {
    const letter = letters[index] ?? String(index + 1);
    const isLast = index === tasks.length - 1;
    return [
      [`T_${letter}_start (raw)`, timeOfDay(enteredAtMs), `Timestamp of TaskStateEntered for ${letter}`],
      isLast
        ? [`T_${letter}_exit (raw)`, timeOfDay(exitedAtMs), `Timestamp of TaskStateExited for ${letter}`]
        : [`T_${letter}_end (raw)`, timeOfDay(succeededAtMs), `Timestamp of TaskSucceeded for ${letter}`],
    ];
  });
  const gaps = gapsMs.map((gapMs, index) => {
    const [from = '', to = ''] = [letters[index], letters[index + 1]];
    return [`Overhead_${from}${to}`, ms(gapMs), `= T_${to}_start - T_${from}_end`];
  });
  return {
    id: 'lab-chain',
    title: 'Chain experiment',
    note: noteOf(executionArn, of),
    columns,
    rows: [
      ...starts,
      ...gaps,
      ['Total Orchestration Overhead', ms(totalOverheadMs), '= Overhead_AB + Overhead_BC'],
      ['Total Internal Processing Time', ms(totalInternalMs), '= T_C_exit - T_A_start'],
      [
        'Overhead Percentage (%)',
        percent(overheadPercent),
        '= (Total Orchestration Overhead / Total Internal Processing Time) * 100 %',
      ],
    ],
  };
}

function parallelTable({ executionArn, figures }: LabExecution<ParallelFigures>, of: number): SummaryTable {
  const { enteredAtMs, lastStartedAtMs, exitedAtMs, fanOutDelayMs, durationMs, overheadPercent } = figures;
  return {
    id: 'lab-parallel',
    title: 'Parallel experiment',
    note: `${noteOf(executionArn, of)} The lab's sheet calls its third row T_last_started once more, and gives the duration the delay's formula; its values are those of ParallelStateExited.`,
    columns,
    rows: [
      ['T_parallel_start (raw)', timeOfDay(enteredAtMs), 'Timestamp of ParallelStateEntered'],
      [
        'T_last_started (raw)',
        timeOfDay(lastStartedAtMs),
        'Timestamp of the last TaskStarted among P1 to P5',
      ],
      ['Parallel state exit (raw)', timeOfDay(exitedAtMs), 'Timestamp of ParallelStateExited'],
      ['Fan-out Delay', ms(fanOutDelayMs), '= T_last_started - T_parallel_start'],
      ['Total Parallel State Duration', ms(durationMs), '= Parallel state exit - T_parallel_start'],
      [
        'Overhead Percentage (%)',
        percent(overheadPercent),
        '= (Fan-out Delay / Total Parallel State Duration) * 100 %',
      ],
    ],
  };
}

function noteOf(executionArn: string, of: number): string {
  return `One execution, of ${of} the one whose duration is nearest their median: ${executionArn}. Times are UTC, of the events of its history.`;
}
