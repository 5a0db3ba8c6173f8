import { type Standing, standingSchema } from '@skyground/asl';
import * as z from 'zod';

import { type FanInReference, fanInReferenceSchema } from './progress.ts';
import { modeSchema, type Session, sessionSchema } from './session.ts';

/** A fan-out around a line: where it stands, and which of its lines this one is. */
export interface Frame {
  readonly standing: Standing;
  readonly line: number;
  readonly lineCount: number;
}

/** What one function sends to the next: run the state that the line stands at, and go on from there. */
export interface Envelope extends Session {
  readonly standing: Standing;
  /** From the outermost. */
  readonly frames: readonly Frame[];
  /** Where outputs in `standing` are pending. */
  readonly fanIn?: FanInReference;
  /** The position of the node that sent it, or `start`. */
  readonly invokedBy: string;
  /** Retry's waiting time is not over before. */
  readonly notBeforeMs?: number;
}

const frameSchema: z.ZodType<Frame> = z.strictObject({
  standing: standingSchema,
  line: z.int().min(0),
  lineCount: z.int().min(1),
});

export const envelopeSchema: z.ZodType<Envelope> = z.strictObject({
  session: sessionSchema,
  mode: modeSchema,
  collectsGarbage: z.boolean(),
  startedAtMs: z.number(),
  standing: standingSchema,
  frames: z.array(frameSchema),
  fanIn: fanInReferenceSchema.exactOptional(),
  invokedBy: z.string(),
  notBeforeMs: z.number().exactOptional(),
});

/** In place of an envelope that is too large for an event: the last part of its key in the bucket. */
const pointerSchema = z.strictObject({
  session: sessionSchema,
  object: z.string().regex(/^[0-9a-f]{64}$/),
});

/** An envelope, or where it is kept. */
export type Sent =
  | { readonly kind: 'envelope'; readonly envelope: Envelope }
  | ({ readonly kind: 'pointer' } & z.output<typeof pointerSchema>);

const eventSchema = z.strictObject({ choreography: z.union([envelopeSchema, pointerSchema]) });

/** The member that tells our events from others. */
export function isChoreographyEvent(event: unknown): boolean {
  return typeof event === 'object' && event !== null && 'choreography' in event;
}

/** Rejects, by a ZodError, what has the member and is not what we send. */
export function readEvent(event: unknown): Sent {
  const { choreography } = eventSchema.parse(event);
  return 'object' in choreography
    ? { kind: 'pointer', ...choreography }
    : { kind: 'envelope', envelope: choreography };
}

export function eventText(choreography: Envelope | z.output<typeof pointerSchema>): string {
  return JSON.stringify({ choreography });
}
