import { positionText, StatesError } from '@skyground/asl';

import type { Envelope } from '../envelope.ts';
import { Collected } from '../errors.ts';
import type { FanIn } from '../fan-in/fan-in.ts';
import { Futures } from '../fan-in/futures.ts';
import { goOn, goOnJoined, waitUntil } from '../go-on.ts';
import type { Line } from '../line.ts';
import type { Fault, FaultPoint, Runtime, Work } from '../runtime.ts';
import { eventOf } from '../send.ts';
import { fanInItem, nodeItem } from '../store/names.ts';
import { Store } from '../store/store.ts';
import type { Handler, LambdaContext } from './call-handler.ts';
import { keep } from './keep.ts';
import { type NodeRun, runNode } from './run-node.ts';
import type { RunRecord } from './run-record.ts';

export interface Invocation {
  readonly handler: Handler;
  readonly context: LambdaContext;
  readonly pollFloorMs: number;
  readonly plant: (
    point: FaultPoint,
    about: { readonly session: string; readonly node: string; readonly requestId: string },
  ) => Promise<Fault> | Fault;
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
  const { frames, fanIn, notBeforeMs } = envelope;
  if (notBeforeMs !== undefined && !(await waitUntil(work, notBeforeMs))) {
    await work.again?.(envelope);
    return { outcome: 'postponed' };
  }
  const line = { frames, fanIn, keptIn: nodeItem(envelope.standing.position) };
  const frame = frames.at(-1);
  const inputItem = fanIn && fanInItem(fanIn.position);
  const outputItem = frame && fanInItem(frame.standing.position);
  const fanInItems = [inputItem, outputItem].filter((item) => item !== undefined);
  const found = await work.store.find(line.keptIn, fanInItems);
  const inputs = found.fanIns.get(inputItem ?? '');
  const outputs = found.fanIns.get(outputItem ?? '');
  // Who names a fan-in for its input has seen it: it is gone only when the session has ended, be it while this was read.
  if (found.hasEnded || (fanIn !== undefined && inputs === undefined)) throw new Collected('the session');
  if (found.progress !== undefined) await goOn(work, found.progress, line);
  // Without a checkpoint of its own, it is this node that ended its line.
  else if (frame !== undefined && outputs?.ends.has(frame.line)) await goOnJoined(work, outputs, line);
  else return runAndKeep(work, envelope, invocation, line, inputs);
  return { outcome: 'reused', continuedAtMs: work.runtime.clock.now() };
}

async function runAndKeep(
  work: Work,
  envelope: Envelope,
  { handler, context, pollFloorMs }: Invocation,
  line: Line & { readonly keptIn: string },
  inputs: FanIn | undefined,
): Promise<Done> {
  const { clock } = work.runtime;
  const futures = inputs && envelope.fanIn && new Futures(work, envelope.fanIn, inputs, pollFloorMs);
  if (futures?.failure !== undefined) return { outcome: 'cut off' };
  const run: NodeRun = { envelope, handler, context, futures, userStartedAtMs: null, userEndedAtMs: null };
  const end = await runNode(work, run);
  const measured = {
    userStartedAtMs: run.userStartedAtMs,
    userEndedAtMs: run.userEndedAtMs,
    preResolved: inputs?.ends.size ?? 0,
    inputs: futures?.waits ?? [],
    billedWaitMs: futures?.billedWaitMs ?? 0,
  };
  if (end.kind === 'cut off') return { ...measured, outcome: 'cut off' };
  if (end.kind === 'later') {
    await work.again?.({ ...envelope, standing: end.standing, notBeforeMs: end.notBeforeMs });
    return { ...measured, outcome: 'postponed' };
  }
  await work.plant('before checkpoint');
  const continuation = await keep(work, end.progress, line);
  if (continuation === undefined) return { ...measured, outcome: 'lost the race' };
  const checkpointedAtMs = clock.now();
  await work.plant('after checkpoint');
  await continuation();
  return { ...measured, checkpointedAtMs, continuedAtMs: clock.now(), outcome: 'ran' };
}
