import { z } from 'zod';
import { strategyIds } from './strategies.ts';

/** Functions that are left alone, and as many that are pinged: the fewest of which an interval can be told. */
export const idleFunctions = 6;

export const parametersSchema = z.strictObject({
  users: z.int().min(1).max(500).default(10).describe('users of the load, who each wait for their answer'),
  spawnRate: z.number().positive().max(1000).default(5).describe('users started a second'),
  runTimeS: z.number().positive().max(3600).default(60).describe('how long the load lasts'),
  thinkMs: z
    .int()
    .min(0)
    .max(600_000)
    .default(1000)
    .describe(
      "pause of a user between answer and next request; an assumption: the course's locustfile is not published",
    ),
  burst: z
    .int()
    .min(2)
    .max(500)
    .default(20)
    .describe('requests at once that force cold starts, and as many again once their environments are there'),
  bursts: z
    .int()
    .min(1)
    .max(100)
    .default(6)
    .describe('how many such bursts; six are the fewest for an interval'),
  rounds: z
    .int()
    .min(6)
    .max(1000)
    .default(12)
    .describe('rounds over the strategies: cold starts measured of each'),
  warmCalls: z.int().min(1).max(100).default(3).describe('warm calls after each cold start of a strategy'),
  strategies: z
    .array(z.enum(strategyIds))
    .min(1)
    .default([...strategyIds])
    .describe(
      'what is compared by direct invocation; without provisioned for accounts whose quota allows none (a Learner Lab)',
    ),
  idleS: z
    .int()
    .min(0)
    .max(86_400)
    .default(330)
    .describe(
      'how long functions are left alone to lose their environments: the embedded cloud ends them after 300 s, AWS mostly after 5 to 7 minutes; 0 leaves this phase out',
    ),
  pingS: z
    .int()
    .min(1)
    .max(86_400)
    .default(60)
    .describe('how often others are pinged meanwhile to keep theirs; never while something is measured'),
  waitS: z
    .int()
    .min(1)
    .max(3600)
    .default(60)
    .describe('how long the logs may bring no new REPORT line before the rest counts as lost'),
});

export type Parameters = Readonly<z.output<typeof parametersSchema>>;
