import { z } from 'zod';
import { invalidName } from './errors.ts';

/** The members that several operations share, with AWS's constraints. */

export const arn = z.string().min(1).max(256);

export const name = z.string().min(1).max(80);

const MAXIMUM_INPUT_BYTES = 256 * 1024;

/** Of an execution; JSON, which is read later. AWS counts its bytes. */
export const inputText = z.string().refine((text) => Buffer.byteLength(text) <= MAXIMUM_INPUT_BYTES, {
  error: `Member must have length less than or equal to ${MAXIMUM_INPUT_BYTES}`,
});

export const maxResults = z.number().int().min(0).max(1000).optional();

export const pageToken = z.string().min(1).max(1024);

/** Of ListExecutions, whose tokens may be longer. */
export const executionsToken = z.string().min(1).max(3096);

export const tags = z
  .array(z.strictObject({ key: z.string().min(1).max(128), value: z.string().max(256) }))
  .max(200);

/** Blanks, brackets, wildcards, special and control characters, and lone surrogates. */
const FORBIDDEN_IN_NAMES = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Cs}\uFFFE\uFFFF]/u;

export function checkName(given: string): void {
  if (FORBIDDEN_IN_NAMES.test(given)) throw invalidName(given);
}
