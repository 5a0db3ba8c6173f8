import { z } from 'zod';
import { BRANCHES } from '../branches.ts';

const inputWaitSchema = z.strictObject({
  branch: z.enum(BRANCHES),
  /** From when the Publisher asked for it until it had it; null where it never asked. */
  waitMs: z.number().nonnegative().nullable(),
  resolvedAtStart: z.boolean(),
});

/** One input of the Publisher. */
export type InputWait = Readonly<z.output<typeof inputWaitSchema>>;

export function inputsCell(waits: readonly InputWait[]): string {
  return JSON.stringify(waits);
}

/** Throws a ZodError for a cell that no run wrote. */
export function inputWaitsOf({ inputs }: { readonly inputs: string }): readonly InputWait[] {
  return z.array(inputWaitSchema).parse(JSON.parse(inputs));
}
