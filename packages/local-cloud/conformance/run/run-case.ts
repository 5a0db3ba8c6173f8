import { type Comparison, compareCase, judgingOf, type Recording } from '../compare/compare-case.ts';
import type { Difference } from '../compare/difference.ts';
import { compareContent, differ } from '../compare/event.ts';
import { type CorpusLine, isUnreadable, type RecordedCase } from '../recorded-case.ts';
import { recordingOf } from '../recording-of.ts';
import type { CaseResult, Outcome } from './case-result.ts';
import type { Account } from './clients.ts';
import { findNotBuilt } from './not-built.ts';
import { createMachine, observe } from './observe.ts';
import { prepareCase, withAccountValues } from './prepare-case.ts';
import type { Seen } from './seen.ts';

const CASE_LIMIT_MS = 60_000;
const KINDS = ['execution', 'comparison', 'express_sync', 'express_async', 'describe'];

export async function runCase(line: CorpusLine, account: Account): Promise<CaseResult> {
  if (isUnreadable(line)) {
    return {
      id: line.id,
      group: 'unreadable',
      isSelfContained: true,
      kind: 'failed',
      reason: line.unreadable,
    };
  }
  const { id, group, self_contained: isSelfContained } = line;
  const name = { id, group, isSelfContained };
  try {
    return { ...name, ...(await judge(line, account)) };
  } catch (error) {
    return { ...name, kind: 'failed', reason: String(error) };
  }
}

async function judge(line: RecordedCase, account: Account): Promise<Outcome> {
  if (!KINDS.includes(line.kind)) return { kind: 'failed', reason: `the kind ${line.kind} is not known` };
  const notBuilt = findNotBuilt(line.definition);
  if (notBuilt !== undefined) return judgeRefusal(notBuilt, line, account);

  const prepared = await prepareCase(line, account);
  if (prepared.kind === 'not applicable') return prepared;
  const { recorded } = prepared;
  const machine = await createMachine(recorded, account);

  const limit = AbortSignal.timeout(CASE_LIMIT_MS);
  const seen = await observe(recorded, machine, account, limit);
  return { kind: 'compared', comparison: compareSeen(recorded, seen) };
}

/** What is not built has to be refused, by name, when the machine is created; taken, it is a failure. */
async function judgeRefusal(notBuilt: string, line: RecordedCase, account: Account): Promise<Outcome> {
  try {
    await createMachine(withAccountValues(line, account), account);
  } catch (error) {
    if (error instanceof Error && error.name === 'NotImplemented') {
      return { kind: 'not applicable', reason: `not built: ${notBuilt}` };
    }
    throw error;
  }
  return { kind: 'failed', reason: `a machine was created that uses what is not built: ${notBuilt}` };
}

function compareSeen(recorded: RecordedCase, seen: Seen): Comparison {
  const recording = recordingOf(recorded);
  const comparison = compareCase(recording, seen);
  const { end_event: end } = recorded.expected;
  return end === undefined ? comparison : { ...comparison, events: compareEndEvent(end, seen, recording) };
}

/** The one event that is recorded of an asynchronous Express execution. */
function compareEndEvent(
  { id, previous_event_id, type, details }: NonNullable<RecordedCase['expected']['end_event']>,
  { logged }: Seen,
  recording: Recording,
): Difference | undefined {
  if (logged === undefined) return { path: 'end_event', recorded: type, actual: undefined };
  const actual = {
    id: Number(logged.id),
    previousEventId: Number(logged.previous_event_id),
    type: logged.type,
    details: logged.details,
    detailsKey: undefined,
  };
  return (
    compareContent({ id, previousEventId: 0, type, details }, actual, judgingOf(recording), 'end_event') ??
    differ(Number(id), actual.id, 'end_event.id') ??
    differ(Number(previous_event_id), actual.previousEventId, 'end_event.previous_event_id')
  );
}

/** Runs every case, a few at a time. */
export async function runCorpus(
  lines: readonly CorpusLine[],
  account: Account,
  concurrency: number,
): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  const open = lines.entries();
  const worker = async () => {
    for (const [index, line] of open) {
      results[index] = await runCase(line, account);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return results;
}
