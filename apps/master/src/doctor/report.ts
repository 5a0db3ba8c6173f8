import { z } from 'zod';
import { exitCodes } from '../exit-codes.ts';
import { printable } from '../output/format.ts';
import type { Finding } from './run-checks.ts';

const named = { id: z.string(), title: z.string() };
const advised = { ...named, seen: z.string(), advice: z.string() };

/** What `doctor --json` prints. */
export const reportSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** As every report calls it: `cloud (local)`, `aws (eu-central-1)`, `cloud (http://...)`. */
  target: z.string(),
  exitCode: z.union([z.literal(exitCodes.compared), z.literal(exitCodes.environment)]),
  checks: z.array(
    z.discriminatedUnion('status', [
      z.strictObject({ ...named, status: z.literal('ok'), seen: z.string() }),
      z.strictObject({ ...advised, status: z.literal('warning') }),
      z.strictObject({ ...advised, status: z.literal('problem') }),
      z.strictObject({ ...named, status: z.literal('skipped'), reason: z.string() }),
    ]),
  ),
});

export type Report = z.infer<typeof reportSchema>;

/**
 * The one document that every output is made from. All of its texts pass here: through `mask`, and rid of line ends and of what
 * would steer a terminal, because answers of servers and names of files are in them.
 */
export function reportOf(
  target: string,
  findings: readonly Finding[],
  mask: (text: string) => string,
): Report {
  const clean = (text: string) =>
    printable(mask(text))
      .replace(/\s*\n\s*/g, ' ')
      .trim();
  const hasProblem = findings.some(({ status }) => status === 'problem');
  return reportSchema.parse({
    schemaVersion: 1,
    target: clean(target),
    exitCode: hasProblem ? exitCodes.environment : exitCodes.compared,
    checks: findings.map((finding) =>
      Object.fromEntries(Object.entries(finding).map(([key, text]) => [key, clean(text)])),
    ),
  });
}
