import { formatNumber } from '@skyground/charts';
import type { SummaryTable } from '@skyground/experiment';
import { nothing, withInterval } from './format.ts';
import { handOverTable } from './hand-over-table.ts';
import type { LabSummary } from './lab-summary.ts';
import { type Spread, spreadOf } from './spread.ts';

/** The lab's tables as distributions, and both definitions of overhead beside each other. */
export function definitionTables(lab: LabSummary): readonly SummaryTable[] {
  if (lab.chain.executions.length + lab.parallel.executions.length === 0) return [];
  return [distributions(lab), bothDefinitions(lab), ...handOverTable(lab)];
}

function distributions({ chain, parallel }: LabSummary): SummaryTable {
  const ofChain = chain.executions.map(({ figures }) => figures);
  const ofParallel = parallel.executions.map(({ figures }) => figures);
  const gap = (index: number) => ofChain.flatMap(({ gapsMs }) => gapsMs[index] ?? []);
  return {
    id: 'lab-distributions',
    title: 'All executions of CHAIN and PARALLEL',
    note: 'The same figures as in the two tables above, of every warm execution that succeeded; 95 % intervals by bootstrap. Event timestamps have whole milliseconds, so a gap of 0 ms is one below a millisecond.',
    columns: ['path', 'figure', 'n', 'median (95 % interval)', 'mean (95 % interval)', 'p95', 'min', 'max'],
    rows: [
      row('CHAIN', 'Overhead_AB (ms)', gap(0)),
      row('CHAIN', 'Overhead_BC (ms)', gap(1)),
      row(
        'CHAIN',
        'Total Orchestration Overhead (ms)',
        ofChain.map(({ totalOverheadMs }) => totalOverheadMs),
      ),
      row(
        'CHAIN',
        'Total Internal Processing Time (ms)',
        ofChain.map(({ totalInternalMs }) => totalInternalMs),
      ),
      row(
        'CHAIN',
        'Overhead Percentage (%)',
        ofChain.map(({ overheadPercent }) => overheadPercent),
      ),
      row(
        'PARALLEL',
        'Fan-out Delay (ms)',
        ofParallel.map(({ fanOutDelayMs }) => fanOutDelayMs),
      ),
      row(
        'PARALLEL',
        'Total Parallel State Duration (ms)',
        ofParallel.map(({ durationMs }) => durationMs),
      ),
      row(
        'PARALLEL',
        'Overhead Percentage (%)',
        ofParallel.map(({ overheadPercent }) => overheadPercent),
      ),
    ],
  };
}

function bothDefinitions({ chain, parallel }: LabSummary): SummaryTable {
  const ofChain = chain.executions.map(({ figures }) => figures);
  const ofParallel = parallel.executions.map(({ figures }) => figures);
  const rows = [
    {
      what: 'CHAIN, one gap (ms)',
      event: ofChain.flatMap(({ gapsMs }) => gapsMs),
      handler: ofChain.flatMap(({ handlerGapsMs }) => handlerGapsMs),
    },
    {
      what: 'CHAIN, both gaps (ms)',
      event: ofChain.map(({ totalOverheadMs }) => totalOverheadMs),
      handler: ofChain.map(({ totalHandlerGapMs }) => totalHandlerGapMs),
    },
    {
      what: 'CHAIN, share of the processing time (%)',
      event: ofChain.map(({ overheadPercent }) => overheadPercent),
      handler: ofChain.map(({ handlerOverheadPercent }) => handlerOverheadPercent),
    },
    {
      what: 'PARALLEL, fan-out delay (ms)',
      event: ofParallel.map(({ fanOutDelayMs }) => fanOutDelayMs),
      handler: ofParallel.map(({ handlerFanOutDelayMs }) => handlerFanOutDelayMs),
    },
    {
      what: 'PARALLEL, share of the duration (%)',
      event: ofParallel.map(({ overheadPercent }) => overheadPercent),
      handler: ofParallel.map(({ handlerOverheadPercent }) => handlerOverheadPercent),
    },
  ];
  return {
    id: 'definitions',
    title: 'Both definitions of overhead',
    note: "Medians with 95 % intervals. Event gap, the lab's: TaskSucceeded to the next TaskStateEntered, and ParallelStateEntered to the last TaskStarted. Handler to handler: end of a handler to the begin of the next, and ParallelStateEntered to the begin of the last handler. Only the second holds scheduling and starting the task, the dispatch of the call into an environment, and the way of the answer back. Events have whole milliseconds, handlers fractions; each end of a handler's gap is by the clock of its own environment.",
    columns: ['figure', 'event gap', 'handler to handler', 'difference', 'n'],
    rows: rows.map(({ what, event, handler }) => [
      what,
      median(spreadOf(event)),
      median(spreadOf(handler)),
      median(spreadOf(handler.map((value, index) => value - (event[index] ?? value)))),
      String(event.length),
    ]),
  };
}

function row(path: string, what: string, values: readonly number[]): readonly string[] {
  const spread = spreadOf(values);
  if (spread === null) return [path, what, '0', ...Array.from({ length: 5 }, () => nothing)];
  return [
    path,
    what,
    String(spread.n),
    withInterval(spread.median),
    withInterval(spread.mean),
    formatNumber(spread.p95),
    formatNumber(spread.min),
    formatNumber(spread.max),
  ];
}

function median(spread: Spread | null): string {
  return spread === null ? nothing : withInterval(spread.median);
}
