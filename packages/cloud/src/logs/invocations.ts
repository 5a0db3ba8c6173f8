import { parseReportLine } from '@skyground/metrics';
import type { LogLine } from './function-log.ts';

export interface LoggedInvocation {
  /** null: the start of an environment, or an invocation whose START is not among the lines. */
  readonly requestId: string | null;
  /** From START to REPORT, and what came until the next one began. */
  readonly lines: readonly LogLine[];
}

/** The log by invocation, in the order in which they began. */
export function invocations(lines: readonly LogLine[]): readonly LoggedInvocation[] {
  const found: { requestId: string | null; lines: LogLine[] }[] = [];
  const current = new Map<string, LogLine[]>();
  for (const line of lines) {
    const parsed = parseReportLine(line.message);
    const begins = parsed?.kind === 'start' || parsed?.kind === 'init-start';
    const open = current.get(line.stream);
    if (open !== undefined && !begins) {
      open.push(line);
      continue;
    }
    const begun = [line];
    current.set(line.stream, begun);
    found.push({ requestId: parsed?.kind === 'start' ? parsed.requestId : null, lines: begun });
  }
  return found;
}

/**
 * What one invocation logged, START to REPORT, every attempt of it; before it the start of its environment where it was the first
 * there. Empty where the log has no START of it.
 */
export function invocationLog(lines: readonly LogLine[], requestId: string): readonly LogLine[] {
  const before = new Map<string, LoggedInvocation>();
  const found: LogLine[] = [];
  for (const invocation of invocations(lines)) {
    const [first] = invocation.lines;
    if (first === undefined) continue;
    if (invocation.requestId === requestId) {
      const previous = before.get(first.stream);
      if (previous !== undefined && isStart(previous)) found.push(...previous.lines);
      found.push(...invocation.lines);
    }
    before.set(first.stream, invocation);
  }
  return found;
}

function isStart({ lines: [first] }: LoggedInvocation): boolean {
  return first !== undefined && parseReportLine(first.message)?.kind === 'init-start';
}
