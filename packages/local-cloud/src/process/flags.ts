import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { LambdaOptions } from '../services/lambda/index.ts';
import { DEFAULT_PORT, DEFAULT_STATE_DIR } from './default-state.ts';

export const USAGE = `Usage: npm run cloud [-- options]

Serves the embedded AWS (S3, Lambda, Step Functions, DynamoDB, API Gateway,
CloudWatch, CloudWatch Logs, IAM, STS) on 127.0.0.1 until Ctrl-C.

  --port N       port to listen on; 0 takes any free one   (default ${DEFAULT_PORT})
  --state DIR    folder that keeps everything              (default $SKYGROUND_STATE_DIR,
                 else .skyground in the repository)
  --concurrency N
                 concurrent executions of the functions that reserve none; each is a process   (default 10)
  --idle-timeout S
                 seconds that an idle execution environment is kept; the next request starts cold   (default 300)
  --cpu-share off|aws
                 aws: a function's memory size gives it processor time as on AWS, one core at 1,769 MB   (default off)
  --no-verify    accept requests whatever they are signed with
  --help         print this

Exit codes: 0 stopped by its parent, 1 failed, 2 wrong usage, 130 stopped by Ctrl-C, 143 by SIGTERM.
`;

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong-usage'; readonly message: string }
  | {
      readonly kind: 'serve';
      readonly port: number;
      readonly stateDir: string;
      readonly verifySignatures: boolean;
      readonly lambda: ServingOptions;
    };

/** Of LambdaOptions, what a person can choose on the command line. */
export type ServingOptions = Pick<LambdaOptions, 'maximumConcurrency' | 'idleTimeoutMs'> & {
  /** Its means are the cloud's to choose. */
  readonly cpuShare?: { readonly kind: 'off' | 'aws' };
};

/** More processes than that no machine bears. */
const MAXIMUM_CONCURRENCY = 10_000;
const MAXIMUM_IDLE_S = 86_400;

const flags = z.strictObject({
  port: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.number().max(65_535)),
  state: z.string().min(1),
  concurrency: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.number().min(1).max(MAXIMUM_CONCURRENCY))
    .optional(),
  'idle-timeout': z
    .string()
    .regex(/^\d{1,5}(\.\d{1,3})?$/)
    .transform(Number)
    .pipe(z.number().positive().max(MAXIMUM_IDLE_S))
    .optional(),
  'cpu-share': z.enum(['off', 'aws']),
  'no-verify': z.boolean(),
  help: z.boolean(),
});

/** `workingDir` is where the person stands: relative paths mean that folder. `movedTo`: what SKYGROUND_STATE_DIR says. */
export function parseFlags(args: readonly string[], workingDir: string, movedTo?: string): Command {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: String(DEFAULT_PORT) },
        state: { type: 'string', default: movedTo || DEFAULT_STATE_DIR },
        concurrency: { type: 'string' },
        'idle-timeout': { type: 'string' },
        'cpu-share': { type: 'string', default: 'off' },
        'no-verify': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const parsed = flags.safeParse(values);
    if (!parsed.success) return { kind: 'wrong-usage', message: describe(parsed.error, values) };
    if (parsed.data.help) return { kind: 'help' };
    const { concurrency, 'idle-timeout': idleTimeoutS, 'cpu-share': cpuShare } = parsed.data;
    return {
      kind: 'serve',
      port: parsed.data.port,
      stateDir: resolve(workingDir, parsed.data.state),
      verifySignatures: !parsed.data['no-verify'],
      lambda: {
        ...(concurrency === undefined ? {} : { maximumConcurrency: concurrency }),
        ...(idleTimeoutS === undefined ? {} : { idleTimeoutMs: Math.round(idleTimeoutS * 1000) }),
        cpuShare: { kind: cpuShare },
      },
    };
  } catch (error) {
    // parseArgs names the flag that it does not know.
    return { kind: 'wrong-usage', message: error instanceof Error ? error.message : String(error) };
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  port: 'a number from 0 to 65535',
  state: 'a folder',
  concurrency: `a number from 1 to ${MAXIMUM_CONCURRENCY}`,
  'idle-timeout': `a number of seconds above 0, to ${MAXIMUM_IDLE_S}, in whole milliseconds`,
  'cpu-share': 'off or aws',
};

function describe(error: z.ZodError, values: Readonly<Record<string, unknown>>): string {
  const flag = String(error.issues[0]?.path[0]);
  return `--${flag} takes ${EXPECTED[flag]}, not '${String(values[flag])}'.`;
}
