import { advance, type Standing, type Stop } from '@skyground/asl';

import { collect, type End, end } from './end.ts';
import type { Envelope } from './envelope.ts';
import { ChoreographyError } from './errors.ts';
import type { FanIn } from './fan-in/fan-in.ts';
import { type Chosen, chosenToGoOn, joinEnded, joinFailed } from './fan-in/join.ts';
import type { Line } from './line.ts';
import { failedOf, hasPending, type Progress } from './progress.ts';
import type { Work } from './runtime.ts';
import { send } from './send.ts';
import { steppingAt } from './surroundings.ts';

/**
 * Does what comes next, from what is kept: starts functions, joins, ends the workflow. All of it may be done again, by whoever repeats
 * a step that may not have come to its end, and has no more effect then.
 */
export async function goOn(work: Work, progress: Progress, line: Line): Promise<void> {
  switch (progress.kind) {
    case 'stands': {
      const { standing, atMs, fanIn } = progress;
      return follow(work, await step(work, standing, atMs), atMs, { ...line, fanIn });
    }
    case 'ended':
      if (line.frames.length === 0) return endHere(work, progress);
      return goOnJoined(work, (await joinEnded(work, progress, line)).fanIn, line);
    case 'failed':
      if (line.frames.length === 0) return endHere(work, progress);
      return followChosen(work, await joinFailed(work, progress, line));
  }
}

/** From a fan-in in which the line stands. */
export async function goOnJoined(work: Work, fanIn: FanIn, line: Line): Promise<void> {
  await followChosen(work, await chosenToGoOn(work, fanIn, line));
}

/** All that come together in one item of 400 KB. */
const MAX_LINES = 1000;

function tooManyLines(lineCount: number) {
  const cause = `${lineCount} lines come together at once; without an orchestrator at most ${MAX_LINES} can.`;
  return { kind: 'failed', error: 'States.Runtime', cause } as const;
}

/** From a stop that was come to at that time. */
export async function follow(work: Work, stop: Stop, atMs: number, line: Line): Promise<void> {
  switch (stop.kind) {
    case 'task':
      return send(work, stop.functionName, envelopeOf(work, stop.standing, line));
    case 'fan-out': {
      const lineCount = stop.lines.length;
      if (lineCount > MAX_LINES) return goOn(work, { ...tooManyLines(lineCount), atMs }, line);
      const lines = await Promise.allSettled(
        stop.lines.map(async (standing, index) => {
          const frames = [...line.frames, { standing: stop.standing, line: index, lineCount }];
          await follow(work, await step(work, standing, atMs), atMs, { frames });
        }),
      );
      // Only when nothing is under way any more.
      for (const result of lines) if (result.status === 'rejected') throw result.reason;
      return;
    }
    case 'retry': {
      const notBeforeMs = work.runtime.clock.now() + stop.afterMs;
      if (!(await waitUntil(work, notBeforeMs))) {
        return work.again?.({ ...envelopeOf(work, stop.standing, line), notBeforeMs });
      }
      return follow(work, await step(work, stop.standing, atMs), atMs, line);
    }
    case 'line-end':
      return goOn(work, { kind: 'ended', output: stop.output, atMs }, line);
    case 'failed':
      return goOn(work, { kind: 'failed', ...failedOf(stop), atMs }, line);
    case 'needs-outputs':
      throw new ChoreographyError(`expected a stop with all outputs there, got one where ${stop.reason}`);
  }
}

/** False where the time does not fit into this invocation. */
export async function waitUntil({ runtime: { clock }, ...work }: Work, atMs: number): Promise<boolean> {
  const leftMs = atMs - clock.now();
  if (leftMs <= 0) return true;
  if (work.again !== undefined && atMs > work.deadlineMs) return false;
  await clock.sleep(leftMs, work.signal);
  return true;
}

export function envelopeOf({ session, by }: Work, standing: Standing, { frames, fanIn }: Line): Envelope {
  const { mode, collectsGarbage, startedAtMs } = session;
  return {
    session: session.session,
    mode,
    collectsGarbage,
    startedAtMs,
    standing,
    frames,
    ...(hasPending(standing) && fanIn !== undefined && { fanIn }),
    invokedBy: by,
  };
}

async function followChosen(work: Work, chosen: Chosen | undefined): Promise<void> {
  if (chosen !== undefined) await follow(work, chosen.stop, chosen.atMs, chosen.line);
}

function step({ runtime, session }: Work, standing: Standing, atMs: number): Promise<Stop> {
  return advance(steppingAt(runtime.workflow.definition, session, standing.position, atMs), standing);
}

async function endHere(work: Work, progress: End): Promise<void> {
  if (await end(work, progress)) await collect(work);
}
