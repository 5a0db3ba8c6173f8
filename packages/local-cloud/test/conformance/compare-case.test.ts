import { describe, expect, it } from 'vitest';
import { compareCase, type Observation } from '../../conformance/compare/compare-case.ts';
import type { ActualEvent } from '../../conformance/compare/event.ts';
import { isObject } from '../../conformance/compare/json-text.ts';
import { type RecordedCase, readCorpus } from '../../conformance/recorded-case.ts';
import { recordingOf } from '../../conformance/recording-of.ts';
import { observationOf } from './support.ts';

const corpus = readCorpus();
const cases = corpus?.filter((line): line is RecordedCase => !('unreadable' in line));

/** Histories whose order says everything: no branches that take turns, nothing that the recorder sorted. */
const sequential = (cases ?? []).filter(
  ({ branch_events_sorted, definition, expected }) =>
    expected.events !== null &&
    !branch_events_sorted &&
    !/"Type":"(Map|Parallel)"/.test(JSON.stringify(definition)),
);

const EQUAL = { result: undefined, types: undefined, events: undefined };

describe.skipIf(corpus === undefined)('the recordings (skipped: recordings not found)', () => {
  it('are all readable', () => {
    expect(corpus?.filter((line) => 'unreadable' in line)).toEqual([]);
    expect(sequential.length).toBeGreaterThan(200);
  });

  it('equal themselves', () => {
    for (const recorded of cases ?? []) {
      if (recorded.branch_events_sorted || recorded.expected.events === null) continue;
      expect([recorded.id, compareCase(recordingOf(recorded), observationOf(recorded))]).toEqual([
        recorded.id,
        EQUAL,
      ]);
    }
  });

  it('differ from themselves with any one value changed', () => {
    let mutations = 0;
    for (const recorded of sequential) {
      const observed = observationOf(recorded);
      for (const index of observed.events.keys()) {
        for (const changed of changedDetails(observed, index, recorded.masks)) {
          mutations += 1;
          const { events } = compareCase(recordingOf(recorded), changed);
          expect([recorded.id, index, changed.events[index], events]).toEqual([
            recorded.id,
            index,
            changed.events[index],
            expect.objectContaining({ path: expect.any(String) }),
          ]);
        }
      }
    }
    expect(mutations).toBeGreaterThan(3000);
  });

  it.each([
    ['an id', (event: ActualEvent) => [{ ...event, id: event.id + 1 }]],
    ['a previousEventId', (event: ActualEvent) => [{ ...event, previousEventId: event.previousEventId + 1 }]],
    ['an event missing', () => []],
    ['an event twice', (event: ActualEvent) => [event, event]],
    ['another type', (event: ActualEvent) => [{ ...event, type: 'TaskScheduled2' }]],
    [
      'other details',
      (event: ActualEvent) => [{ ...event, detailsKey: 'someEventDetails', details: { a: 1 } }],
    ],
  ])('differ from themselves with %s', (_, change) => {
    for (const recorded of cases ?? []) {
      if (recorded.branch_events_sorted || recorded.expected.events === null) continue;
      const observed = observationOf(recorded);
      for (const [index, event] of observed.events.entries()) {
        const events = observed.events.toSpliced(index, 1, ...change(event));
        expect(compareCase(recordingOf(recorded), { ...observed, events }).events, recorded.id).toBeDefined();
      }
    }
  });

  it('differ from themselves with two events in the other order', () => {
    for (const recorded of sequential) {
      const observed = observationOf(recorded);
      for (let index = 1; index < observed.events.length; index += 1) {
        const events = swapped(observed.events, index);
        const compared = compareCase(recordingOf(recorded), { ...observed, events });
        expect(compared.types, recorded.id).toBeDefined();
        expect(compared.events, recorded.id).toBeDefined();
      }
    }
  });

  it.each([
    ['status', { status: 'ABORTED' }],
    ['output', { output: '{"other":1}' }],
    ['output', { output: undefined }],
    ['error', { error: 'Other' }],
    ['error', { error: undefined }],
  ])('differ from themselves with another %s', (name, change) => {
    const concerned = (cases ?? []).filter((recorded) => {
      const before = observationOf(recorded);
      return { ...before, ...change }[name as 'error'] !== before[name as 'error'];
    });
    expect(concerned.length).toBeGreaterThan(50);
    for (const recorded of concerned) {
      const observed = { ...observationOf(recorded), ...change };
      expect(compareCase(recordingOf(recorded), observed).result?.path, recorded.id).toMatch(
        /status|output|error/,
      );
    }
  });
});

/** The observation with one leaf of one event's details changed, once for every leaf that the recorder did not hide. */
function* changedDetails(
  observed: Observation,
  index: number,
  masks: readonly string[],
): Iterable<Observation> {
  const event = observed.events[index];
  for (const details of changedLeaves(event?.details ?? {}, '', masks)) {
    yield {
      ...observed,
      events: observed.events.map((each, position) =>
        position === index && isObject(details) ? { ...each, details } : each,
      ),
    };
  }
}

const HIDDEN = new Set(['roleArn', 'requestId', 'stackTrace', 'RequestId', 'mapRunArn', 'taskToken']);

function* changedLeaves(value: unknown, name: string, masks: readonly string[]): Iterable<unknown> {
  if (HIDDEN.has(name)) return;
  if (typeof value === 'number') yield value + 1;
  else if (typeof value === 'boolean') yield !value;
  else if (value === null) yield 0;
  else if (typeof value === 'string') yield* changedText(value, masks);
  else if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) {
      for (const changed of changedLeaves(element, '', masks)) yield value.with(index, changed);
    }
    yield [...value, 'one more'];
  } else if (isObject(value)) {
    for (const [key, member] of Object.entries(value)) {
      for (const changed of changedLeaves(member, key, masks)) yield { ...value, [key]: changed };
      if (HIDDEN.has(key)) continue;
      if (!('stackTrace' in value))
        yield Object.fromEntries(Object.entries(value).filter(([other]) => other !== key));
    }
    if (!('stackTrace' in value)) yield { ...value, oneMore: null };
  }
}

function* changedText(text: string, masks: readonly string[]): Iterable<unknown> {
  if (masks.includes(text) || /^(date|timestamp|datetime|RequestId|x-amz.*|X-Amzn.*)$/.test(text)) return;
  if (/stackTrace/.test(text) && !text.startsWith('{')) return;
  if (text.startsWith('{') || text.startsWith('[')) {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return;
    }
    for (const changed of changedLeaves(value, '', masks)) yield JSON.stringify(changed);
    return;
  }
  if (!/value-of-|00000000-0000-4000/.test(text)) {
    yield `${text}x`;
    yield `x${text}`;
  }
}

/** Two neighbours in the other order, ids counted anew and links kept. */
function swapped(events: readonly ActualEvent[], index: number): ActualEvent[] {
  const [first, second] = [events[index - 1], events[index]];
  if (first === undefined || second === undefined) return [];
  return events.with(index - 1, { ...second, id: first.id }).with(index, { ...first, id: second.id });
}
