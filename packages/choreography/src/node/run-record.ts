import * as z from 'zod';

import { modeSchema } from '../session.ts';

const epochMs = z.number().nullable();

/**
 * What an invocation writes to its log as one line, `{"choreography":{...}}`. Times are epoch milliseconds by the clock of the function's
 * environment; null where it did not come so far.
 */
export const runRecordSchema = z.strictObject({
  session: z.string(),
  /** The text of its position. */
  node: z.string(),
  /** Of which node sent the event, or `start`. */
  invokedBy: z.string(),
  mode: modeSchema,
  requestId: z.string(),
  startedAtMs: z.number(),
  /** Of the last attempt, if Retry asked for several. */
  userStartedAtMs: epochMs,
  userEndedAtMs: epochMs,
  checkpointedAtMs: epochMs,
  /** All that comes next was started. */
  continuedAtMs: epochMs,
  /** Inputs that were there when the function started. */
  preResolved: z.int(),
  /** Of an aggregator with futures. `waitMs`: from the first time the value was asked for; null where it never was. */
  inputs: z.readonly(
    z.array(z.strictObject({ branch: z.int(), waitMs: z.number().nullable(), resolvedAtStart: z.boolean() })),
  ),
  /** Time in which the function waited for any of its inputs. */
  billedWaitMs: z.number(),
  /** Items and objects, not requests. */
  reads: z.int(),
  writes: z.int(),
  objectReads: z.int(),
  objectWrites: z.int(),
  /**
   * ran: its result is the node's. reused: the node had one, which was gone on from. lost the race: the node had one when this one came
   * to write its own. postponed: sent again, because Retry's waiting time did not fit. cut off: a branch before it failed.
   */
  outcome: z.enum(['ran', 'reused', 'lost the race', 'postponed', 'cut off', 'stopped by tombstone']),
});

export type RunRecord = z.output<typeof runRecordSchema>;

/** The record in a log line; undefined for other lines. */
export function readRunRecord(line: string): RunRecord | undefined {
  const start = line.indexOf('{"choreography":');
  if (start === -1) return undefined;
  return z.strictObject({ choreography: runRecordSchema }).parse(JSON.parse(line.slice(start))).choreography;
}
