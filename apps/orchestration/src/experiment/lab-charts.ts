import { type DrawnChart, distributionChart, eventListChart } from '@skyground/charts';
import type { TimedEvent } from '../history/timed-event.ts';
import { eventsOf } from './events-cell.ts';
import { timeOfDay } from './format.ts';
import type { LabSummary } from './lab-summary.ts';
import type { Sample } from './sample.ts';

const letters = ['A', 'B', 'C'];

/** The event lists that the course asks for as screenshots, and how the gaps are spread. */
export function labCharts(
  { chain, parallel }: LabSummary,
  samples: readonly Sample[],
): readonly DrawnChart[] {
  const eventsBy = (arn: string | undefined): readonly TimedEvent[] =>
    eventsOf(samples.find(({ executionArn }) => executionArn === arn)?.events ?? '[]');
  const chainEvents = eventsBy(chain.shown?.executionArn);
  const parallelEvents = eventsBy(parallel.shown?.executionArn);
  return [
    eventListChart({
      id: 'part2_sfn_events_chain',
      title: 'CHAIN: the events of one execution',
      lines: linesOf(chain.shown?.executionArn),
      events: rowsOf(chainEvents),
      marks: chainMarks(chainEvents),
      intervals: (chain.shown?.figures.gapsMs ?? []).map((durationMs, index) => ({
        name: `Overhead_${letters[index]}${letters[index + 1]}`,
        fromMark: `T_${letters[index]}_end`,
        toMark: `T_${letters[index + 1]}_start`,
        durationMs,
      })),
    }),
    eventListChart({
      id: 'part2_sfn_events_parallel',
      title: 'PARALLEL: the events of one execution',
      lines: linesOf(parallel.shown?.executionArn),
      events: rowsOf(parallelEvents),
      marks: parallelMarks(parallelEvents),
      intervals:
        parallel.shown === null
          ? []
          : [
              {
                name: 'Fan-out Delay',
                fromMark: 'T_parallel_start',
                toMark: 'T_last_started',
                durationMs: parallel.shown.figures.fanOutDelayMs,
              },
            ],
    }),
    distributionChart({
      id: 'gaps',
      title: 'Overhead by both definitions',
      measure: { name: 'time between', unit: 'ms' },
      thing: 'gap',
      remark:
        "Events have whole milliseconds. From handler to handler holds what the event gap leaves out: scheduling, dispatch, and the answer's way back.",
      arms: [
        { arm: 'CHAIN, event gap', warm: chain.executions.flatMap(({ figures }) => figures.gapsMs) },
        {
          arm: 'CHAIN, handler to handler',
          warm: chain.executions.flatMap(({ figures }) => figures.handlerGapsMs),
        },
        {
          arm: 'PARALLEL, last TaskStarted',
          warm: parallel.executions.map(({ figures }) => figures.fanOutDelayMs),
        },
        {
          arm: 'PARALLEL, last handler',
          warm: parallel.executions.map(({ figures }) => figures.handlerFanOutDelayMs),
        },
      ],
    }),
  ];
}

function linesOf(arn: string | undefined): readonly string[] {
  return arn === undefined ? [] : [arn.replace(/^.*:execution:/, 'execution '), 'times in UTC'];
}

function rowsOf(events: readonly TimedEvent[]) {
  const first = events[0]?.atMs ?? 0;
  return events.map(({ id, type, stateName, atMs }) => ({
    id,
    type,
    name: stateName ?? '',
    timestamp: timeOfDay(atMs),
    sinceStartMs: atMs - first,
  }));
}

/** A to C in the order in which they were entered; of the last one the exit is used. */
function chainMarks(events: readonly TimedEvent[]) {
  const names = events
    .filter(({ type }) => type === 'TaskStateEntered')
    .flatMap(({ stateName }) => stateName ?? []);
  const markOf = (index: number, type: string, name: string) => {
    const event = events.find((one) => one.type === type && one.stateName === names[index]);
    return event === undefined ? [] : [{ id: event.id, name: `T_${letters[index] ?? index + 1}_${name}` }];
  };
  return names.flatMap((_name, index) => [
    ...markOf(index, 'TaskStateEntered', 'start'),
    ...(index < names.length - 1
      ? markOf(index, 'TaskSucceeded', 'end')
      : markOf(index, 'TaskStateExited', 'exit')),
  ]);
}

function parallelMarks(events: readonly TimedEvent[]) {
  const markOf = (event: TimedEvent | undefined, name: string) =>
    event === undefined ? [] : [{ id: event.id, name }];
  const started = events.filter(({ type }) => type === 'TaskStarted');
  const last = Math.max(...started.map(({ atMs }) => atMs));
  return [
    ...markOf(
      events.find(({ type }) => type === 'ParallelStateEntered'),
      'T_parallel_start',
    ),
    // Of several in the same millisecond the one that stands last in the list.
    ...markOf(
      started.findLast(({ atMs }) => atMs === last),
      'T_last_started',
    ),
    ...markOf(
      events.find(({ type }) => type === 'ParallelStateExited'),
      'Parallel state exit',
    ),
  ];
}
