import { failState, leaveFanOut, nodeIdOf, PENDING, type Stop } from '@skyground/asl';

import type { Frame } from '../envelope.ts';
import type { Line } from '../line.ts';
import { failedOf, type Progress } from '../progress.ts';
import type { Work } from '../runtime.ts';
import { fanInItem, lineItem } from '../store/names.ts';
import type { Joined } from '../store/store.ts';
import { steppingAt } from '../surroundings.ts';
import { type FanIn, isSmall, type LineEnd } from './fan-in.ts';
import { startingOrders } from './modes.ts';

type Ended = Extract<Progress, { kind: 'ended' }>;
type Failed = Extract<Progress, { kind: 'failed' }>;

/** What the line that was chosen has to go on with. */
export interface Chosen {
  readonly stop: Stop;
  readonly atMs: number;
  readonly line: Line;
}

/** A line has come to its end: notes it in the fan-in's item, unless it is there. */
export async function joinEnded(work: Work, ended: Ended, line: Line): Promise<Joined> {
  const { frame } = innermost(line);
  const end = await lineEnd(work, ended, frame, line.keptIn);
  return work.store.endLine(fanInItem(frame.standing.position), frame.line, end);
}

/**
 * With what a line goes on that stands in the fan-in: the order in which lines ended says which one does. Undefined for all others. A line
 * that comes again finds its place in that order.
 */
export async function chosenToGoOn(
  work: Work,
  { ends, failure }: FanIn,
  line: Line,
): Promise<Chosen | undefined> {
  const { frame, frames } = innermost(line);
  const own = ends.get(frame.line);
  const first = [...ends.values()].find(({ order }) => order === 1);
  if (failure !== undefined || own === undefined || first === undefined) return undefined;

  const startingOrder = startingOrders[work.session.mode](frame.lineCount);
  if (own.order !== startingOrder && own.order !== frame.lineCount) return undefined;
  const held = await stopWithFutures(work, frame, first.atMs);
  if (own.order !== (held === undefined ? frame.lineCount : startingOrder)) return undefined;
  if (held !== undefined) {
    const { position } = frame.standing;
    return {
      stop: held,
      atMs: first.atMs,
      line: { frames, fanIn: { position, lineCount: frame.lineCount } },
    };
  }
  const inOrder = [...ends].sort(([one], [other]) => one - other).map(([, lineEnd]) => lineEnd);
  const outputs = await work.store.outputs(inOrder);
  const stop = await leaveFanOut(steppingOf(work, frame, own.atMs), frame.standing, outputs);
  return { stop, atMs: own.atMs, line: { frames } };
}

/** A line has failed: the first one that does fails the fan-out, and goes on with what Retry and Catch say. */
export async function joinFailed(work: Work, failed: Failed, line: Line): Promise<Chosen | undefined> {
  const { frame, frames } = innermost(line);
  const { fanIn } = await work.store.failLine(fanInItem(frame.standing.position), {
    line: frame.line,
    atMs: failed.atMs,
    ...failedOf(failed),
  });
  const { failure } = fanIn;
  if (failure?.line !== frame.line) return undefined;
  const stop = await failState(steppingOf(work, frame, failure.atMs), frame.standing, failure);
  return { stop, atMs: failure.atMs, line: { frames } };
}

/** The aggregator as it can start before any output is there, if it can. All lines find the same. */
async function stopWithFutures(work: Work, frame: Frame, atMs: number): Promise<Stop | undefined> {
  const { definition, graph } = work.runtime.workflow;
  const source = nodeIdOf(definition, frame.standing.position);
  if (graph.fanIns.find((fanIn) => fanIn.source === source)?.futures.kind !== 'held') return undefined;
  const outputs = new Array<typeof PENDING>(frame.lineCount).fill(PENDING);
  const stop = await leaveFanOut(steppingOf(work, frame, atMs), frame.standing, outputs);
  // Its time limit is for its work, not for the waiting.
  const isHeld = stop.kind === 'task' && stop.pending.length > 0 && stop.timeoutSeconds === undefined;
  return isHeld ? stop : undefined;
}

async function lineEnd(work: Work, ended: Ended, frame: Frame, keptIn: string | undefined): Promise<LineEnd> {
  const { output, atMs } = ended;
  if (isSmall(output, frame.lineCount)) return { atMs, output: { kind: 'here', value: output } };
  if (keptIn !== undefined) return { atMs, output: { kind: 'kept', item: keptIn } };
  const item = lineItem(frame.standing.position, frame.line);
  await work.store.checkpoint(item, ended);
  return { atMs, output: { kind: 'kept', item } };
}

function innermost({ frames }: Line): { readonly frame: Frame; readonly frames: readonly Frame[] } {
  const frame = frames.at(-1);
  if (frame === undefined) throw new Error('expected a line inside a fan-out');
  return { frame, frames: frames.slice(0, -1) };
}

function steppingOf({ runtime, session }: Work, { standing }: Frame, atMs: number) {
  return steppingAt(runtime.workflow.definition, session, standing.position, atMs);
}
