import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

import { choreograph, FutureInput } from '../../src/index.ts';
import { folder, plantFault } from './faults.ts';
import definition from './workflow.asl.json' with { type: 'json' };

const eventSchema = z.strictObject({ marks: z.string(), branches: z.array(z.instanceof(FutureInput)) });

/** Says that it has started, and then waits for its inputs. */
export const handler = choreograph(
  async (event) => {
    const { marks, branches } = eventSchema.parse(event);
    writeFileSync(join(folder, marks), '');
    return { gathered: await Promise.all(branches.map((branch) => branch.value())) };
  },
  { definition, plantFault },
);
