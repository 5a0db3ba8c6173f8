import * as z from 'zod';
import { parseTimestamp } from '../expressions/timestamp.ts';
import type { Json } from '../json.ts';
import { machineFields } from './machine-fields.ts';

const MAX_SECONDS = 99_999_999;

/** Any JSON value: the definition was JSON text, so there is nothing else to check. */
export const json = z.custom<Json>((value) => value !== undefined);
export const text = z.string().optional();
export const seconds = z.int().min(0).max(MAX_SECONDS);
export const timeoutSeconds = z.int().min(1).max(MAX_SECONDS);
/** MaxConcurrency, ToleratedFailureCount. */
export const count = z.int().min(0);
export const percentage = z.number().min(0).max(100);
export const timestamp = z
  .string()
  .refine((written) => parseTimestamp(written) !== undefined, 'expected a timestamp as in RFC 3339');

const flow = { Next: text, End: z.boolean().optional() };

/** What a type of state has in both query languages. */
export const pass = { Type: z.literal('Pass'), ...flow };
export const task = { Type: z.literal('Task'), Resource: z.string(), ...flow };
export const wait = { Type: z.literal('Wait'), ...flow };
export const parallel = { Type: z.literal('Parallel'), Branches: z.array(machineFields).min(1), ...flow };
export const map = { Type: z.literal('Map'), ItemProcessor: machineFields.optional(), ...flow };
export const choice = { Type: z.literal('Choice'), Default: text };
export const succeed = { Type: z.literal('Succeed') };
export const fail = { Type: z.literal('Fail') };
