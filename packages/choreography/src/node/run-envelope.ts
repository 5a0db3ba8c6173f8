import { positionText, StatesError } from '@skyground/asl';

import type { Envelope } from '../envelope.ts';
import { Collected } from '../errors.ts';
import { Futures } from '../fan-in/futures.ts';
import { envelopeOf, goOn, waitUntil } from '../go-on.ts';
import type { FaultPoint, Runtime, Work } from '../runtime.ts';
import { eventOf } from '../send.ts';
import { fanInItem, nodeItem } from '../store/names.ts';
import { type Found, Store } from '../store/store.ts';
import type { Handler, LambdaContext } from './call-handler.ts';
import { type NodeRun, runNode } from './run-node.ts';
import type { RunRecord } from './run-record.ts';

export interface Invocation {
  readonly handler: Handler;
  readonly context: LambdaContext;
  readonly pollFloorMs: number;
  readonly plant: (
    point: FaultPoint,
    about: { readonly session: string; readonly node: string; readonly requestId: string },
  ) => Promise<void> | void;
}

/** Kept for writing down how it ended: of the function's time at most so much, and at most this share. */
const MARGIN_MS = 2000;
const MARGIN_SHARE = 0.2;

/**
 * One event: runs the node unless it has a result, keeps the result, and starts what comes next. Whatever it is stopped at, the same
 * event again goes on from what is kept.
 */
export async function runEnvelope(
  runtime: Runtime,
  envelope: Envelope,
  invocation: Invocation,
): Promise<RunRecord> {
  const { context } = invocation;
  const { clock } = runtime;
  const startedAtMs = clock.now();
  const over = new AbortController();
  const remainingMs = context.getRemainingTimeInMillis();
  const workMs = remainingMs - Math.min(MARGIN_MS, remainingMs * MARGIN_SHARE);
  const node = positionText(envelope.standing.position);
  const about = { session: envelope.session, node, requestId: context.awsRequestId };
  const work: Work = {
    runtime,
    store: new Store(runtime, envelope.session),
    session: envelope,
    by: node,
    again: async (again) => runtime.invoke(context.invokedFunctionArn, await eventOf(work, again)),
    deadlineMs: startedAtMs + workMs,
    signal: over.signal,
    plant: (point) => invocation.plant(point, about),
  };
  if (Number.isFinite(workMs)) {
    const timeIsUp = new StatesError('Sandbox.Timedout', `Task timed out after ${workMs / 1000} seconds`);
    clock.sleep(workMs, over.signal).then(
      () => over.abort(timeIsUp),
      () => undefined,
    );
  }
  const record = {
    ...about,
    invokedBy: envelope.invokedBy,
    mode: envelope.mode,
    startedAtMs,
    ...NOTHING_DONE,
  };
  try {
    const done = await takeSteps(work, envelope, invocation);
    // What came too late is cleared away: its session may have ended, and been collected, before this wrote.
    const endedAtMs = envelope.collectsGarbage ? await work.store.collectIfEnded() : undefined;
    const isLate = endedAtMs !== undefined && endedAtMs < (done.checkpointedAtMs ?? 0);
    const outcome = isLate ? 'stopped by tombstone' : done.outcome;
    return { ...record, ...done, outcome, ...work.store.counts };
  } catch (thrown) {
    if (!(thrown instanceof Collected)) throw thrown;
    if (envelope.collectsGarbage) await work.store.collect(true);
    return { ...record, ...work.store.counts, outcome: 'stopped by tombstone' };
  } finally {
    over.abort();
  }
}

const NOTHING_DONE = {
  userStartedAtMs: null,
  userEndedAtMs: null,
  checkpointedAtMs: null,
  continuedAtMs: null,
  preResolved: 0,
  inputs: [],
  billedWaitMs: 0,
} as const;

type Done = Partial<RunRecord> & Pick<RunRecord, 'outcome'>;

async function takeSteps(work: Work, envelope: Envelope, invocation: Invocation): Promise<Done> {
  const { runtime, store } = work;
  const line = { frames: envelope.frames, fanIn: envelope.fanIn };
  const { notBeforeMs } = envelope;
  if (notBeforeMs !== undefined && !(await waitUntil(work, notBeforeMs))) {
    await work.again?.(envelope);
    return { outcome: 'postponed' };
  }
  const item = nodeItem(envelope.standing.position);
  const fanIn = envelope.fanIn && fanInItem(envelope.fanIn.position);
  const found = await store.find(item, fanIn);
  if (found.hasEnded) throw new Collected('the session');
  if (found.progress !== undefined) {
    await goOn(work, found.progress, { ...line, keptIn: item });
    return { outcome: 'reused', continuedAtMs: runtime.clock.now() };
  }
  const futures = envelope.fanIn && futuresOf(work, envelope.fanIn.lineCount, found, fanIn ?? '', invocation);
  if (futures?.failure !== undefined) return { outcome: 'cut off' };
  const { handler, context } = invocation;
  const run: NodeRun = { envelope, handler, context, futures, userStartedAtMs: null, userEndedAtMs: null };
  const end = await runNode(work, run);
  const measured = {
    userStartedAtMs: run.userStartedAtMs,
    userEndedAtMs: run.userEndedAtMs,
    preResolved: futures ? found.fanIn.ends.size : 0,
    inputs: futures?.waits ?? [],
    billedWaitMs: futures?.billedWaitMs ?? 0,
  };
  if (end.kind === 'cut off') return { ...measured, outcome: 'cut off' };
  if (end.kind === 'later') {
    await work.again?.({
      ...envelopeOf(work, end.standing, line),
      invokedBy: envelope.invokedBy,
      notBeforeMs: end.notBeforeMs,
    });
    return { ...measured, outcome: 'postponed' };
  }
  await work.plant('before checkpoint');
  if (!(await store.checkpoint(item, end.progress))) return { ...measured, outcome: 'lost the race' };
  const checkpointedAtMs = runtime.clock.now();
  await work.plant('after checkpoint');
  await goOn(work, end.progress, { ...line, keptIn: item });
  const continuedAtMs = runtime.clock.now();
  return { ...measured, checkpointedAtMs, continuedAtMs, outcome: 'ran' };
}

function futuresOf(
  { runtime, store, signal }: Work,
  lineCount: number,
  found: Found,
  item: string,
  { pollFloorMs }: Invocation,
): Futures {
  return new Futures({
    store,
    item,
    found: found.fanIn,
    lineCount,
    clock: runtime.clock,
    pollFloorMs,
    signal,
  });
}
