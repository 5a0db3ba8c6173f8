import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';

import { choreograph } from '../../src/index.ts';
import { folder, plantFault } from './faults.ts';
import definition from './workflow.asl.json' with { type: 'json' };

const eventSchema = z.strictObject({
  name: z.string(),
  padding: z.string().optional(),
  /** A file. */
  waitsFor: z.string().nullish(),
  fails: z.boolean().optional(),
});

export const handler = choreograph(
  async (event) => {
    const { name, padding, waitsFor, fails } = eventSchema.parse(event);
    while (typeof waitsFor === 'string' && !existsSync(join(folder, waitsFor))) await sleep(5);
    if (fails) throw Object.assign(new Error('as asked for'), { name: 'Refused' });
    return { name, padding };
  },
  { definition, plantFault },
);
