import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventsCell, eventsOf } from '../../src/experiment/events-cell.ts';
import type { TimedEvent } from '../../src/history/timed-event.ts';

const anyEvent: fc.Arbitrary<TimedEvent> = fc.record({
  id: fc.nat(),
  previousId: fc.nat(),
  type: fc.string(),
  stateName: fc.option(fc.string()),
  atMs: fc.nat(2 ** 41),
  probe: fc.option(
    fc.record({
      stepName: fc.string(),
      invokedAtMs: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }),
      finishedAtMs: fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }),
      coldStart: fc.boolean(),
      requestId: fc.string(),
    }),
  ),
});

test('a history comes back as it was, out of one line', () => {
  fc.assert(
    fc.property(fc.array(anyEvent), (events) => {
      const cell = eventsCell(events);
      expect(cell).not.toContain('\n');
      expect(eventsOf(cell)).toEqual(events);
    }),
  );
});

test('a cell of another form is refused, not read as no events', () => {
  expect(() => eventsOf('{}')).toThrow();
  expect(() => eventsOf('[{"id":1}]')).toThrow();
  expect(() => eventsOf('[{"id":1,"previousId":0,"type":"a","atMs":1,"more":2}]')).toThrow();
});
