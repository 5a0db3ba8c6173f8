import * as z from 'zod';

import { probeAnswerSchema } from '../functions/probe-wire.ts';
import type { ProbeTimes } from './probe-times.ts';
import type { TimedEvent } from './timed-event.ts';

/** An event as Step Functions tells it, the same of both sources. */
export interface RecordedEvent {
  readonly id: number;
  readonly previousId: number;
  readonly type: string;
  readonly atMs: number;
  /** Only where the event says so itself: the entry and the exit of a state. */
  readonly stateName: string | undefined;
  /** Of a TaskSucceeded: what `lambda:invoke` answered, as JSON. */
  readonly output: string | undefined;
  /** Of a failure. */
  readonly error: string | undefined;
}

/** The name of an error and what is said about it, in one text; undefined where there is neither. */
export function errorText(
  details: { readonly error?: string | undefined; readonly cause?: string | undefined } | undefined,
): string | undefined {
  const said = [details?.error, details?.cause].filter((part) => part !== undefined && part !== '');
  return said.length === 0 ? undefined : said.join(': ');
}

/**
 * The events of one execution with their states. Events of several branches interleave and those of tasks name no state, so each is
 * followed back to the entry of a state of its own kind: a Task's to a TaskStateEntered, a Parallel's past the tasks of its branches.
 */
export function timedEvents(recorded: readonly RecordedEvent[]): readonly TimedEvent[] {
  const byId = new Map(recorded.map((event) => [event.id, event]));
  return recorded
    .toSorted((a, b) => a.id - b.id)
    .map((event) => ({
      id: event.id,
      previousId: event.previousId,
      type: event.type,
      stateName: stateNameOf(event, byId),
      atMs: event.atMs,
      probe: event.type === 'TaskSucceeded' ? probeTimes(event.output) : null,
    }));
}

function stateNameOf(event: RecordedEvent, byId: ReadonlyMap<number, RecordedEvent>): string | null {
  if (event.stateName !== undefined) return event.stateName;
  const kind = /^(Task|Parallel)/.exec(event.type)?.[0];
  if (kind === undefined) return null;
  // Ids only get smaller on the way back: links that went in a circle could not be followed for ever.
  for (let at = event; at.previousId < at.id; ) {
    const previous = byId.get(at.previousId);
    if (previous === undefined) return null;
    if (previous.type === `${kind}StateEntered`) return previous.stateName ?? null;
    at = previous;
  }
  return null;
}

/** The metadata around it is Lambda's and changes without notice. */
const invokeOutputSchema = z.object({ Payload: probeAnswerSchema });

/** null where it is no answer of the probe. */
function probeTimes(output: string | undefined): ProbeTimes | null {
  const parsed = invokeOutputSchema.safeParse(jsonOf(output));
  if (!parsed.success) return null;
  const { step_name, last_step_time, finished_time, cold_start, request_id } = parsed.data.Payload;
  return {
    stepName: step_name,
    invokedAtMs: last_step_time * 1000,
    finishedAtMs: finished_time * 1000,
    coldStart: cold_start,
    requestId: request_id,
  };
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
