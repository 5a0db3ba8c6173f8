import { z } from 'zod';
import type { ColdStartMarks } from '../../functions/cold-start-marks.ts';

const ms = z.number().nonnegative();

const marksSchema: z.ZodType<ColdStartMarks> = z.strictObject({
  timeOrigin: ms,
  nodeReadyMs: ms,
  codeLoadedMs: ms,
  initialisedMs: ms,
  firstCallStartedMs: ms,
  firstCallEndedMs: ms,
  initialisationType: z.string().nullable(),
  compileCache: z.string().nullable(),
});

const lineSchema = z.strictObject({ coldStart: marksSchema });

/** The line `{"coldStart": ...}`, behind what the runtime writes before it; undefined for any other. */
export function parseColdStart(message: string): ColdStartMarks | undefined {
  const json = message.slice(Math.max(0, message.indexOf('{')));
  try {
    return lineSchema.safeParse(JSON.parse(json)).data?.coldStart;
  } catch {
    return undefined;
  }
}
