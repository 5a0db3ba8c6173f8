import {
  type Json,
  type Position,
  positionSchema,
  type Standing,
  type Stop,
  standingSchema,
} from '@skyground/asl';
import * as z from 'zod';

import { ChoreographyError } from './errors.ts';

/** Values that were JSON texts: there is nothing in them to check. */
export const jsonSchema = z.custom<Json>((value) => value !== undefined);

/** The fan-in that pending outputs come from. */
export interface FanInReference {
  /** Of the Parallel or Map. */
  readonly position: Position;
  readonly lineCount: number;
}

/**
 * How far a line has got. Kept in checkpoints: whoever comes again goes on from there, at the time that is kept with it and with the same
 * chance, so that it goes the same way.
 */
export type Progress =
  /** At a Task that has to run, or at a Parallel or Map whose lines have to. */
  | {
      readonly kind: 'stands';
      readonly standing: Standing;
      readonly atMs: number;
      /** Where `standing` has pending outputs. */
      readonly fanIn?: FanInReference;
    }
  | { readonly kind: 'ended'; readonly output: Json; readonly atMs: number }
  | ({ readonly kind: 'failed'; readonly atMs: number } & Failed);

/** An error in the language's terms, as JSON. */
export interface Failed {
  readonly error?: string;
  readonly cause?: string;
}

export const fanInReferenceSchema: z.ZodType<FanInReference> = z.strictObject({
  position: positionSchema,
  lineCount: z.int().min(1),
});

export const progressSchema: z.ZodType<Progress> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('stands'),
    standing: standingSchema,
    atMs: z.number(),
    fanIn: fanInReferenceSchema.exactOptional(),
  }),
  z.strictObject({ kind: z.literal('ended'), output: jsonSchema, atMs: z.number() }),
  z.strictObject({
    kind: z.literal('failed'),
    error: z.string().exactOptional(),
    cause: z.string().exactOptional(),
    atMs: z.number(),
  }),
]);

/** What is kept of a stop; `fanIn` where outputs were pending before it. */
export function progressOf(
  stop: Exclude<Stop, { kind: 'retry' }>,
  atMs: number,
  fanIn: FanInReference | undefined,
): Progress {
  switch (stop.kind) {
    case 'task':
    case 'fan-out':
      return {
        kind: 'stands',
        standing: stop.standing,
        atMs,
        ...(hasPending(stop.standing) && fanIn !== undefined && { fanIn }),
      };
    case 'line-end':
      return { kind: 'ended', output: stop.output, atMs };
    case 'failed':
      return { kind: 'failed', ...failedOf(stop), atMs };
    case 'needs-outputs':
      throw new ChoreographyError(`expected a stop with all outputs there, got one that ${stop.reason}`);
  }
}

export function hasPending({ pending = [] }: Standing): boolean {
  return pending.length > 0;
}

export function failedOf({
  error,
  cause,
}: {
  error?: string | undefined;
  cause?: string | undefined;
}): Failed {
  return { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
}
