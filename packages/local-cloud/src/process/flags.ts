import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { DEFAULT_PORT, DEFAULT_STATE_DIR } from './default-state.ts';

export const USAGE = `Usage: npm run cloud [-- options]

Serves the embedded AWS (S3, Lambda, CloudWatch Logs, IAM, STS) on 127.0.0.1 until Ctrl-C.

  --port N       port to listen on; 0 takes any free one   (default ${DEFAULT_PORT})
  --state DIR    folder that keeps everything              (default .skyground in the repository)
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
    };

const flags = z.strictObject({
  port: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.number().max(65_535)),
  state: z.string().min(1),
  'no-verify': z.boolean(),
  help: z.boolean(),
});

/** `workingDir` is where the person stands: relative paths mean that folder. */
export function parseFlags(args: readonly string[], workingDir: string): Command {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: String(DEFAULT_PORT) },
        state: { type: 'string', default: DEFAULT_STATE_DIR },
        'no-verify': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const parsed = flags.safeParse(values);
    if (!parsed.success) return { kind: 'wrong-usage', message: describe(parsed.error, values) };
    if (parsed.data.help) return { kind: 'help' };
    return {
      kind: 'serve',
      port: parsed.data.port,
      stateDir: resolve(workingDir, parsed.data.state),
      verifySignatures: !parsed.data['no-verify'],
    };
  } catch (error) {
    // parseArgs names the flag that it does not know.
    return { kind: 'wrong-usage', message: error instanceof Error ? error.message : String(error) };
  }
}

function describe(error: z.ZodError, values: Readonly<Record<string, unknown>>): string {
  const flag = String(error.issues[0]?.path[0]);
  const expected = flag === 'port' ? 'a number from 0 to 65535' : 'a folder';
  return `--${flag} takes ${expected}, not '${String(values[flag])}'.`;
}
