import { advance, type Standing, type Stop } from '@skyground/asl';

import type { Envelope } from './envelope.ts';
import { ChoreographyError } from './errors.ts';
import { type Joined, joinEnded, joinFailed } from './fan-in/join.ts';
import type { Line } from './line.ts';
import { failedOf, hasPending, type Progress } from './progress.ts';
import type { Work } from './runtime.ts';
import { send } from './send.ts';
import type { SessionResult } from './session-result.ts';
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
      if (line.frames.length > 0) return followJoined(work, await joinEnded(work, progress, line));
      return end(work, {
        status: 'SUCCEEDED',
        output: progress.output,
        completedAtMs: work.runtime.clock.now(),
      });
    case 'failed':
      if (line.frames.length > 0) return followJoined(work, await joinFailed(work, progress, line));
      return end(work, { status: 'FAILED', ...failedOf(progress), completedAtMs: work.runtime.clock.now() });
  }
}

/** From a stop that was come to at that time. */
export async function follow(work: Work, stop: Stop, atMs: number, line: Line): Promise<void> {
  switch (stop.kind) {
    case 'task':
      return send(work, stop.functionName, envelopeOf(work, stop.standing, line));
    case 'fan-out': {
      const lineCount = stop.lines.length;
      await Promise.all(
        stop.lines.map(async (standing, index) => {
          const frames = [...line.frames, { standing: stop.standing, line: index, lineCount }];
          await follow(work, await step(work, standing, atMs), atMs, { frames });
        }),
      );
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

async function followJoined(work: Work, joined: Joined | undefined): Promise<void> {
  if (joined !== undefined) await follow(work, joined.stop, joined.atMs, joined.line);
}

function step({ runtime, session }: Work, standing: Standing, atMs: number): Promise<Stop> {
  return advance(steppingAt(runtime.workflow.definition, session, standing.position, atMs), standing);
}

/** Only the first result counts; whoever comes later clears away what was written in the meantime. */
async function end({ store, session }: Work, result: SessionResult): Promise<void> {
  const isFirst = await store.end(result);
  if (session.collectsGarbage) await store.collect(!isFirst);
}
