import {
  advance,
  failState,
  fillPending,
  leaveTask,
  type Standing,
  StatesError,
  type Stepping,
  type Stop,
} from '@skyground/asl';

import type { Envelope } from '../envelope.ts';
import { ChoreographyError } from '../errors.ts';
import type { Futures } from '../fan-in/futures.ts';
import { waitUntil } from '../go-on.ts';
import { type Progress, progressOf } from '../progress.ts';
import type { Work } from '../runtime.ts';
import { steppingAt } from '../surroundings.ts';
import { callHandler, type Handler, type LambdaContext } from './call-handler.ts';

/** What a node came to. */
export type NodeEnd =
  | { readonly kind: 'progress'; readonly progress: Progress }
  /** Retry asks for a time that does not fit into this invocation. */
  | { readonly kind: 'later'; readonly standing: Standing; readonly notBeforeMs: number }
  /** A branch that it takes its input from failed: the workflow goes on from there. */
  | { readonly kind: 'cut off' };

export interface NodeRun {
  readonly envelope: Envelope;
  readonly handler: Handler;
  readonly context: LambdaContext;
  /** Of the aggregator. */
  readonly futures: Futures | undefined;
  /** Of the last attempt. */
  userStartedAtMs: number | null;
  userEndedAtMs: number | null;
}

/** Runs the user's code as often as Retry says, and sees where its answer or its failure leads. */
export async function runNode(work: Work, run: NodeRun): Promise<NodeEnd> {
  const { clock, workflow } = work.runtime;
  let { standing } = run.envelope;
  for (;;) {
    const stepping = steppingAt(workflow.definition, work.session, standing.position, clock.now());
    const arrived = await advance(stepping, standing);
    const left = arrived.kind === 'task' ? await attempt(work, run, stepping, arrived) : arrived;
    if (left === undefined) return { kind: 'cut off' };
    if (left.kind !== 'retry') {
      return { kind: 'progress', progress: progressOf(left, clock.now(), run.envelope.fanIn) };
    }
    const notBeforeMs = clock.now() + left.afterMs;
    standing = left.standing;
    if (!(await waitUntil(work, notBeforeMs))) return { kind: 'later', standing, notBeforeMs };
  }
}

/** Undefined where the node is cut off. */
async function attempt(
  { runtime: { clock }, signal }: Work,
  run: NodeRun,
  stepping: Stepping,
  { standing, event, pending, timeoutSeconds }: Extract<Stop, { kind: 'task' }>,
): Promise<Stop | undefined> {
  const { futures } = run;
  const filled = fillPending(event, pending, (line) => futures?.inputs[line] ?? missing(line));
  run.userStartedAtMs = clock.now();
  const outcome = await callHandler(() => run.handler(filled, run.context), timeoutSeconds, clock, signal);
  run.userEndedAtMs = clock.now();
  if (await futures?.hasFailed()) return undefined;
  const leave = (from: Standing): Promise<Stop> =>
    outcome.kind === 'answered'
      ? leaveTask(stepping, from, outcome.answer)
      : failState(stepping, from, outcome.failure);
  const left = await leave(standing);
  if (left.kind !== 'needs-outputs' || futures === undefined) return left;
  try {
    return await leave(await futures.fill(standing));
  } catch (error) {
    if (futures.failure !== undefined) return undefined;
    if (error !== signal.reason || !(error instanceof StatesError)) throw error;
    return { kind: 'failed', error: error.error, cause: error.causeText };
  }
}

function missing(line: number): never {
  throw new ChoreographyError(`expected an event with a fan-in that line ${line} belongs to`);
}
