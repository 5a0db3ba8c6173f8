import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

import { timedEvents } from '../src/history/recorded-event.ts';

/** The recordings of real AWS lie beside the repository, or where SKYGROUND_RECORDINGS says; the project carries no copy. */
const folder =
  process.env['SKYGROUND_RECORDINGS'] ?? resolve(import.meta.dirname, '../../../../shared/recordings');
const file = resolve(folder, 'step-functions/cases.jsonl');

/** Of some cases the recorder changed the order of the branches' events, and with it their links: those say nothing here. */
const sortedSchema = z.object({ branch_events_sorted: z.boolean().default(false) });

const caseSchema = z.object({
  id: z.string(),
  expected: z.object({
    events: z
      .array(
        z.object({
          id: z.int(),
          previousEventId: z.int(),
          type: z.string(),
          details: z.object({ name: z.string().optional() }).nullish(),
        }),
      )
      .nullable(),
  }),
});

// Skipped where there are no recordings.
test.skipIf(!existsSync(file))(
  'links of histories of AWS lead from the exit of each task to the state that it names',
  () => {
    const cases = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line): unknown => JSON.parse(line))
      .filter((recorded) => !sortedSchema.parse(recorded).branch_events_sorted)
      .map((recorded) => caseSchema.parse(recorded));
    let exits = 0;
    for (const { id: caseId, expected } of cases) {
      const events = expected.events ?? [];
      const named = new Map(events.map(({ id, details }) => [id, details?.name]));
      // The exits do not say whose they are: only the links are left to tell.
      const followed = timedEvents(
        events.map(({ id, previousEventId, type, details }) => ({
          id,
          previousId: previousEventId,
          type,
          atMs: 0,
          stateName: type.endsWith('Entered') ? details?.name : undefined,
          output: undefined,
          error: undefined,
        })),
      ).filter(({ type }) => type === 'TaskStateExited');
      for (const { id, stateName } of followed)
        expect([caseId, id, stateName]).toEqual([caseId, id, named.get(id)]);
      exits += followed.length;
    }
    expect(exits).toBeGreaterThan(50);
  },
);
