import { z } from 'zod';
import { largestPayloadBytes } from '../workflows/sweep-input.ts';

/** Fewer say nothing of an arm: no interval can be given. */
const fewestRepetitions = 6;

/** The lab's own chain, and its Parallel. */
export const labSizes = { CHAIN: 3, PARALLEL: 5 } as const;

export const parametersSchema = z.strictObject({
  executions: z
    .int()
    .min(fewestRepetitions)
    .max(1000)
    .default(30)
    .describe("executions of the lab's CHAIN, and as many of its PARALLEL, the two taking turns"),
  sweep: z
    .boolean()
    .default(true)
    .describe('measure the overhead against task duration, length, width and payload, too: some minutes'),
  durationsMs: z
    .array(z.int().min(0).max(10_000))
    .min(1)
    .default([0, 10, 50, 100, 500, 1000, 10_000])
    .describe('how long each task of a chain of three waits, in ms, 0 to 10000'),
  lengths: z
    .array(z.int().min(1).max(20))
    .min(1)
    .default([1, 2, 3, 5, 10, 20])
    .describe('tasks of a chain, 1 to 20'),
  widths: z
    .array(z.int().min(1).max(50))
    .min(1)
    .default([1, 2, 5, 10, 16, 18, 20, 30, 50])
    .describe('branches of a Parallel, 1 to 50: so many environments of the function at once'),
  payloadBytes: z
    .array(z.int().min(1).max(largestPayloadBytes))
    .min(1)
    .default([32, 1024, 16_384, 65_536, 131_072, largestPayloadBytes])
    .describe(
      `payload that travels through each task of a chain of three, in bytes; ${largestPayloadBytes} is the largest that passes`,
    ),
  types: z
    .array(z.enum(['STANDARD', 'EXPRESS']))
    .min(1)
    .default(['STANDARD', 'EXPRESS'])
    .describe('types of state machine that the sweeps are made with; the lab itself is STANDARD'),
  repetitions: z
    .int()
    .min(fewestRepetitions)
    .max(1000)
    .default(fewestRepetitions)
    .describe('executions of each point of a sweep; 6 are the fewest that give an interval'),
  orderSeed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(20_261_121)
    .describe('seed that the order of the points of a sweep is drawn by'),
});

export type Parameters = Readonly<z.output<typeof parametersSchema>>;

export type WorkflowType = Parameters['types'][number];
