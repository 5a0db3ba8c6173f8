import type { Json } from '@skyground/asl';
import * as z from 'zod';

import { type Failed, jsonSchema } from '../progress.ts';
import type { Attributes } from '../store/ports.ts';

const lineEndSchema = z.strictObject({
  atMs: z.number(),
  output: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('here'), value: jsonSchema }),
    /** The item whose progress is the end of the line. */
    z.strictObject({ kind: z.literal('kept'), item: z.string() }),
  ]),
});

/** The end of a line, and where its output is. */
export type LineEnd = z.output<typeof lineEndSchema>;

const lineFailureSchema = z.strictObject({
  line: z.int().min(0),
  atMs: z.number(),
  error: z.string().exactOptional(),
  cause: z.string().exactOptional(),
});

export type LineFailure = Failed & { readonly line: number; readonly atMs: number };

/** The one item in which the lines of a fan-out come together. */
export interface FanIn {
  /** By line: those that have ended. `order`: 1 for the first one. */
  readonly ends: ReadonlyMap<number, LineEnd & { readonly order: number }>;
  /** Of the first line that failed. */
  readonly failure: LineFailure | undefined;
}

export function readFanIn(attributes: Attributes): FanIn {
  const ends = Object.entries(attributes).flatMap(([name, order]) => {
    const line = /^order(\d+)$/.exec(name)?.[1];
    if (line === undefined) return [];
    const end = lineEndSchema.parse(JSON.parse(String(attributes[`end${line}`])));
    return [[Number(line), { ...end, order: Number(order) }] as const];
  });
  const { failure } = { failure: undefined, ...attributes };
  return {
    ends: new Map(ends),
    failure: failure === undefined ? undefined : lineFailureSchema.parse(JSON.parse(String(failure))),
  };
}

/** Small outputs lie in the fan-in item itself, so that one read finds all of them. A read is billed by 4 KB. */
const MAX_OUTPUT_BYTES = 4096;
/** Of an item that may have 400 KB. */
const MAX_OUTPUTS_BYTES = 200_000;

export function isSmall(output: Json, lineCount: number): boolean {
  const limit = Math.min(MAX_OUTPUT_BYTES, MAX_OUTPUTS_BYTES / lineCount);
  return Buffer.byteLength(JSON.stringify(output)) <= limit;
}
