import type { ImageRecord } from '../record.ts';
import type { InvocationReport, ReportLine } from './report-line.ts';

/** A cloud row that got no figures from the logs; its cells stay empty. */
export interface JoinFinding {
  readonly kind: 'no request id' | 'no report line';
  readonly image: string;
  readonly repetition: number;
  readonly requestId: string | null;
}

/**
 * Completes cloud rows with what the REPORT lines say of their invocations, by request id. Lambda keeps the request id
 * when it retries an asynchronous invocation, so several lines with one id are attempts: the last one's figures count,
 * and `attempt` is how many there were. Rows of the on-premises side pass through.
 *
 * `lines` are in the order of the log, each event once (FilterLogEvents gives an eventId: drop repeats before parsing,
 * or they look like attempts). Calling it again with more lines is fine.
 */
export function joinReports(
  records: readonly ImageRecord[],
  lines: readonly ReportLine[],
): { readonly records: readonly ImageRecord[]; readonly findings: readonly JoinFinding[] } {
  const reports = Map.groupBy(
    lines.filter((line): line is InvocationReport => line.kind === 'report'),
    (report) => report.requestId,
  );
  const findings: JoinFinding[] = [];
  const joined = records.map((record) => {
    if (record.source !== 'cloud') return record;
    const { image, repetition, requestId } = record;
    const attempts = requestId === null ? [] : (reports.get(requestId) ?? []);
    const last = attempts.at(-1);
    if (last === undefined) {
      const kind = requestId === null ? 'no request id' : 'no report line';
      findings.push({ kind, image, repetition, requestId });
      return record;
    }
    return {
      ...record,
      attempt: attempts.length,
      initMs: last.initMs,
      billedMs: last.billedMs,
      memorySizeMb: last.memorySizeMb,
      maxMemoryUsedMb: last.maxMemoryUsedMb,
    };
  });
  return { records: joined, findings };
}
