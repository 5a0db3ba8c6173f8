import { type RunRecord, readRunRecord } from '@skyground/choreography';
import { invocations, type LogLine, logBytesByRequest } from '@skyground/cloud';
import { type InvocationReport, parseReportLine } from '@skyground/metrics';
import { z } from 'zod';
import type { FunctionName } from '../function-runs.ts';

const publishedSchema = z.strictObject({
  published: z.strictObject({
    session: z.string(),
    kind: z.enum(['partial', 'final']),
    branches: z.array(z.string()),
    atMs: z.number(),
  }),
});

type Published = z.output<typeof publishedSchema>['published'];

/** What the log of a function says of one invocation. Times are epoch milliseconds. */
export interface LoggedInvocation {
  readonly name: FunctionName;
  readonly requestId: string;
  /** Of Lambda's own START and END lines. */
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly report: InvocationReport;
  /** Of the decentralised runtime; undefined where another orchestrator called. */
  readonly record: RunRecord | undefined;
  readonly published: readonly Published[];
  readonly logBytes: number;
}

/** Invocations that have come to their REPORT line. Pure. */
export function loggedInvocations(
  name: FunctionName,
  lines: readonly LogLine[],
): readonly LoggedInvocation[] {
  const bytes = logBytesByRequest(lines);
  return invocations(lines).flatMap(({ requestId, lines: own }) => {
    const parsed = own.map(({ atMs, message }) => ({ atMs, line: parseReportLine(message) }));
    const report = parsed.find(({ line }) => line?.kind === 'report')?.line;
    const startedAtMs = parsed.find(({ line }) => line?.kind === 'start')?.atMs;
    const endedAtMs = parsed.find(({ line }) => line?.kind === 'end')?.atMs;
    if (requestId === null || report?.kind !== 'report') return [];
    if (startedAtMs === undefined || endedAtMs === undefined) return [];
    const [record] = own.flatMap(({ message }) => readRunRecord(message) ?? []);
    const published = own.flatMap(({ message }) => publishedIn(message) ?? []);
    return [
      {
        ...{ name, requestId, startedAtMs, endedAtMs, report, record, published },
        logBytes: bytes.get(requestId) ?? 0,
      },
    ];
  });
}

/** Behind what the runtime writes before a line; undefined for any other. */
function publishedIn(message: string): Published | undefined {
  const start = message.indexOf('{"published":');
  if (start === -1) return undefined;
  return publishedSchema.parse(JSON.parse(message.slice(start))).published;
}
