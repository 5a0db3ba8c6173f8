import * as z from 'zod';

/** Part of keys in the table and in the bucket. */
export const sessionSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, {
  error: 'expected the id of a session: at most 64 letters, digits, _ and -',
});

export const modeSchema = z.enum(['CLASSIC', 'FUTURE_BASED']);
/** Which line of a fan-out starts what comes after it. */
export type Mode = z.output<typeof modeSchema>;

/** What holds for one run of a workflow; it travels in every event. */
export interface Session {
  readonly session: string;
  readonly mode: Mode;
  /** Whether everything but the result, which is the tombstone, is deleted when the workflow has ended. */
  readonly collectsGarbage: boolean;
  /** Epoch milliseconds, by the clock of the client. */
  readonly startedAtMs: number;
}
