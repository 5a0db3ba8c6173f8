import { describe, expect, it } from 'vitest';
import { compareEvents, compareTypes } from '../../conformance/compare/compare-history.ts';
import type { ActualEvent, RecordedEvent } from '../../conformance/compare/event.ts';
import { Bindings } from '../../conformance/compare/placeholders.ts';

type Short = readonly [id: number, previousEventId: number, type: string, name?: string];

const named = (name: string | undefined) => (name === undefined ? undefined : { name });
const recorded = (events: readonly Short[]): RecordedEvent[] =>
  events.map(([id, previousEventId, type, name]) => ({ id, previousEventId, type, details: named(name) }));
const actual = (events: readonly Short[]): ActualEvent[] =>
  events.map(([id, previousEventId, type, name]) => ({
    id,
    previousEventId,
    type,
    detailsKey: undefined,
    details: named(name),
  }));
const judging = () => ({
  bindings: new Bindings(),
  masks: new Set<string>(),
  laterMembers: new Set<string>(),
});

const PARALLEL: readonly Short[] = [
  [1, 0, 'ExecutionStarted'],
  [2, 0, 'ParallelStateEntered'],
  [3, 2, 'ParallelStateStarted'],
  [4, 3, 'PassStateEntered', 'A'],
  [5, 4, 'PassStateExited', 'A'],
  [6, 3, 'WaitStateEntered', 'B'],
  [7, 6, 'WaitStateExited', 'B'],
  [8, 7, 'ParallelStateSucceeded'],
  [9, 7, 'ParallelStateExited'],
  [10, 9, 'FailStateEntered', 'entered at the event id #6'],
];

/** The same branches, B first and then by turns; A ends last. */
const OTHER_TURNS: readonly Short[] = [
  [1, 0, 'ExecutionStarted'],
  [2, 0, 'ParallelStateEntered'],
  [3, 2, 'ParallelStateStarted'],
  [4, 3, 'WaitStateEntered', 'B'],
  [5, 3, 'PassStateEntered', 'A'],
  [6, 4, 'WaitStateExited', 'B'],
  [7, 5, 'PassStateExited', 'A'],
  [8, 7, 'ParallelStateSucceeded'],
  [9, 7, 'ParallelStateExited'],
  [10, 9, 'FailStateEntered', 'entered at the event id #4'],
];

const change = (events: readonly Short[], id: number, to: Partial<Record<number, number | string>>) =>
  events.map((event) => (event[0] === id ? Object.assign([...event], to) : event)) as Short[];

describe('branches of a Parallel state', () => {
  it('may take turns in another order', () => {
    expect(compareEvents(recorded(PARALLEL), actual(OTHER_TURNS), judging())).toBeUndefined();
    expect(compareTypes(recorded(PARALLEL), actual(OTHER_TURNS), judging())).toBeUndefined();
  });

  it.each([
    ['another link', change(OTHER_TURNS, 6, { 1: 5 })],
    ['a link to a later event', change(OTHER_TURNS, 5, { 1: 7 })],
    ['an end that is not that of the last branch', change(change(OTHER_TURNS, 8, { 1: 6 }), 9, { 1: 6 })],
    ['another name', change(OTHER_TURNS, 5, { 3: 'C' })],
    ['another type', change(OTHER_TURNS, 5, { 2: 'SucceedStateEntered' })],
    ['an id that is left out', change(OTHER_TURNS, 7, { 0: 11 })],
    [
      'an id in a text that names another event',
      change(OTHER_TURNS, 10, { 3: 'entered at the event id #5' }),
    ],
    ['an event missing', OTHER_TURNS.slice(0, 9)],
  ])('with %s differ', (_, events) => {
    expect(compareEvents(recorded(PARALLEL), actual(events), judging())).toBeDefined();
  });
});

describe('iterations of a Map', () => {
  const iterations = (order: readonly Short[]): Short[] => [
    [1, 0, 'MapStateEntered'],
    [2, 1, 'MapStateStarted'],
    ...order,
    [9, order.at(-1)?.[1] ?? 0, 'MapStateSucceeded'],
  ];
  const together = iterations([
    [3, 2, 'MapIterationStarted', '0'],
    [4, 2, 'MapIterationStarted', '1'],
    [5, 3, 'PassStateEntered', 'a'],
    [6, 4, 'PassStateEntered', 'b'],
    [7, 5, 'MapIterationSucceeded', '0'],
    [8, 6, 'MapIterationSucceeded', '1'],
  ]);

  it('that run together may take turns in another order', () => {
    const turned = [
      ...together.slice(0, 4),
      [5, 4, 'PassStateEntered', 'b'],
      [6, 3, 'PassStateEntered', 'a'],
      [7, 5, 'MapIterationSucceeded', '1'],
      [8, 6, 'MapIterationSucceeded', '0'],
      [9, 6, 'MapStateSucceeded'],
    ] as Short[];
    expect(compareEvents(recorded(together), actual(turned), judging())).toBeUndefined();
  });

  it('that run one after the other are not those that run together', () => {
    const inTurn = [
      [1, 0, 'MapStateEntered'],
      [2, 1, 'MapStateStarted'],
      [3, 2, 'MapIterationStarted', '0'],
      [4, 3, 'PassStateEntered', 'a'],
      [5, 4, 'MapIterationSucceeded', '0'],
      [6, 4, 'MapIterationStarted', '1'],
      [7, 6, 'PassStateEntered', 'b'],
      [8, 7, 'MapIterationSucceeded', '1'],
      [9, 7, 'MapStateSucceeded'],
    ] as Short[];
    expect(compareEvents(recorded(inTurn), actual(together), judging())).toBeDefined();
    expect(compareEvents(recorded(together), actual(inTurn), judging())).toBeDefined();
    expect(compareTypes(recorded(inTurn), actual(together), judging())).toBeDefined();
  });

  it('start in their order', () => {
    const otherStart = change(change(together, 3, { 3: '1' }), 4, { 3: '0' });
    expect(compareEvents(recorded(together), actual(otherStart), judging())).toBeDefined();
  });
});

describe('events that the recorder sorted', () => {
  // Ids 4 to 7 were sorted; ParallelStateSucceeded (8) was lost.
  const sorted: RecordedEvent[] = recorded(PARALLEL.slice(0, 9))
    .filter(({ type }) => type !== 'ParallelStateSucceeded')
    .map((event) => (/Pass|Wait/.test(event.type) ? { ...event, id: [0], previousEventId: 0 } : event));
  const whole = PARALLEL.slice(0, 9);

  it('are compared without their order', () => {
    expect(compareEvents(sorted, actual(whole), judging())).toBeUndefined();
    expect(compareEvents(sorted, actual(OTHER_TURNS.slice(0, 9)), judging())).toBeUndefined();
  });

  it.each([
    ['another name', change(whole, 5, { 3: 'C' })],
    ['another type', change(whole, 5, { 2: 'SucceedStateExited' })],
    ['another link of an event that kept its id', change(whole, 9, { 1: 5 })],
    ['one more of a type that was not lost', change(whole, 8, { 2: 'PassStateExited' })],
    ['one event more', [...whole, [10, 9, 'ExecutionSucceeded'] as const]],
  ])('differ with %s', (_, events) => {
    expect(compareEvents(sorted, actual(events), judging())).toBeDefined();
  });
});

it('compares types alone where that is asked', () => {
  const other = change(PARALLEL, 5, { 3: 'C' });
  expect(compareTypes(recorded(PARALLEL), actual(other), judging())).toBeUndefined();
});
