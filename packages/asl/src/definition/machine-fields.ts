import * as z from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';

const MAX_NAME_LENGTH = 80;

const state = z.custom<JsonObject>((value) => isJsonObject(value as Json), 'expected an object');
const states = z.record(z.string().min(1).max(MAX_NAME_LENGTH), state);

/** A branch of Parallel or the processor of Map; its states are read one by one. */
export const machineFields = z.strictObject({
  Comment: z.string().optional(),
  QueryLanguage: z.enum(['JSONPath', 'JSONata']).optional(),
  StartAt: z.string(),
  States: states,
  ProcessorConfig: z.strictObject({ Mode: z.literal('INLINE') }).optional(),
});

/** The whole machine. */
export const topFields = machineFields
  .omit({ ProcessorConfig: true })
  .extend({ Version: z.string().optional(), TimeoutSeconds: z.int().min(1).max(99_999_999).optional() });
