import { describe, expect, it } from 'vitest';

import { type RecordedEvent, timedEvents } from '../src/history/recorded-event.ts';

function recorded(
  id: number,
  previousId: number,
  type: string,
  more: Partial<RecordedEvent> = {},
): RecordedEvent {
  return {
    id,
    previousId,
    type,
    atMs: id * 10,
    stateName: undefined,
    output: undefined,
    error: undefined,
    ...more,
  };
}

const PAYLOAD = {
  step_name: 'P2',
  last_step_time: 1_763_733_943.1235,
  finished_time: 1_763_733_943.125,
  cold_start: true,
  request_id: 'b6d7…',
  work_ms: 0,
  payload: 'xxxx',
};

/** Two branches whose events lie between one another, as AWS writes them: only entries and exits name their state. */
const INTERLEAVED: readonly RecordedEvent[] = [
  recorded(1, 0, 'ExecutionStarted'),
  recorded(2, 0, 'ParallelStateEntered', { stateName: 'Fan_Out' }),
  recorded(3, 2, 'ParallelStateStarted'),
  recorded(4, 3, 'TaskStateEntered', { stateName: 'P1' }),
  recorded(5, 3, 'TaskStateEntered', { stateName: 'P2' }),
  recorded(6, 5, 'TaskScheduled'),
  recorded(7, 4, 'TaskScheduled'),
  recorded(8, 7, 'TaskStarted'),
  recorded(9, 6, 'TaskStarted'),
  recorded(10, 9, 'TaskSucceeded', { output: JSON.stringify({ StatusCode: 200, Payload: PAYLOAD }) }),
  recorded(11, 10, 'TaskStateExited', { stateName: 'P2' }),
  recorded(12, 8, 'TaskSucceeded', { output: '{"Payload":{"another":"function"}}' }),
  recorded(13, 12, 'TaskStateExited', { stateName: 'P1' }),
  recorded(14, 13, 'ParallelStateSucceeded'),
  recorded(15, 14, 'ParallelStateExited', { stateName: 'Fan_Out' }),
  recorded(16, 15, 'ExecutionSucceeded'),
];

describe('the events of a history', () => {
  it('belong to the state that their links lead back to', () => {
    const events = timedEvents(INTERLEAVED.toReversed());

    expect(events.map(({ id }) => id)).toEqual(INTERLEAVED.map(({ id }) => id));
    expect(events.map(({ stateName }) => stateName)).toEqual([
      null,
      'Fan_Out',
      'Fan_Out',
      'P1',
      'P2',
      'P2',
      'P1',
      'P1',
      'P2',
      'P2',
      'P2',
      'P1',
      'P1',
      'Fan_Out',
      'Fan_Out',
      null,
    ]);
  });

  it('carry the answer of the probe without its payload, and none of another function', () => {
    const [probe, other] = timedEvents(INTERLEAVED).filter(({ type }) => type === 'TaskSucceeded');

    expect(probe?.probe).toEqual({
      stepName: 'P2',
      invokedAtMs: 1_763_733_943_123.5,
      finishedAtMs: 1_763_733_943_125,
      coldStart: true,
      requestId: 'b6d7…',
    });
    expect(other?.probe).toBeNull();
  });

  it('belong to no state where a link leads nowhere or in a circle', () => {
    const events = timedEvents([
      recorded(4, 3, 'TaskStarted'),
      recorded(6, 7, 'TaskScheduled'),
      recorded(7, 6, 'TaskStarted'),
    ]);
    expect(events.map(({ stateName }) => stateName)).toEqual([null, null, null]);
  });
});
