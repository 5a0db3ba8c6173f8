import * as z from 'zod';
import type { Definition } from '../definition/read-definition.ts';
import type { Variables } from '../expressions/scope.ts';
import type { Json, JsonObject } from '../json.ts';
import { type Position, positionSchema } from './position.ts';

/**
 * A line that has come to a state and has not left it: all that the rest of the line depends on, as JSON, so that it can travel in an
 * event.
 */
export interface Standing {
  readonly position: Position;
  /** What the state before put out. */
  readonly input: Json;
  /** Own and outer variables. */
  readonly variables: Variables;
  /** The context object's `Map`, inside an iteration. */
  readonly mapContext?: JsonObject;
  /** How often each retrier of the state has asked for another attempt; empty when the line comes to the state. */
  readonly retries: readonly number[];
  /** Where in `input` the outputs of lines are still to come; null stands there. None where it is missing. */
  readonly pending?: readonly PendingPlace[];
}

/** Where the output of a line belongs that was not there yet. */
export interface PendingPlace {
  /** Members and indexes from the top. */
  readonly path: readonly (string | number)[];
  /** The line of the fan-out whose output it is. */
  readonly line: number;
}

const jsonObject = z.record(z.string(), z.json());

/** A standing that came from outside. */
export const standingSchema: z.ZodType<Standing> = z.strictObject({
  position: positionSchema,
  input: z.json(),
  variables: jsonObject,
  mapContext: jsonObject.exactOptional(),
  retries: z.array(z.int().min(0)),
  pending: z
    .array(
      z.strictObject({
        path: z.array(z.union([z.string(), z.int().min(0)])),
        line: z.int().min(0),
      }),
    )
    .exactOptional(),
});

/** Where a workflow begins. */
export function beginningOf(definition: Definition, input: Json): Standing {
  return { position: [definition.startAt], input, variables: {}, retries: [] };
}
