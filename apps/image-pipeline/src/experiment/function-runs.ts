import { z } from 'zod';
import { BRANCHES } from '../branches.ts';

/** By their keys in the declaration, in the order of the workflow. */
export const functionNames = ['imageLoader', ...BRANCHES, 'publisher'] as const;

export type FunctionName = (typeof functionNames)[number];

const at = z.number();
const ms = z.number().nonnegative();

const functionRunSchema = z.strictObject({
  name: z.enum(functionNames),
  requestId: z.string().nullable(),
  /** From the first to the last statement of the function itself, without what the orchestrator does around it. */
  userStartedAtMs: at,
  userEndedAtMs: at,
  /** From its REPORT line, like the next three; null where that is missing. */
  durationMs: ms.nullable(),
  billedMs: ms.nullable(),
  /** null: warm. */
  initMs: ms.nullable(),
  maxMemoryUsedMb: z.int().nullable(),
  /** As it was deployed. */
  memoryMb: z.int().positive(),
});

/** One function in one run of the workflow: the invocation that took effect. */
export type FunctionRun = Readonly<z.output<typeof functionRunSchema>>;

export function functionsCell(runs: readonly FunctionRun[]): string {
  return JSON.stringify(runs);
}

/** Throws a ZodError for a cell that no run wrote. */
export function functionRunsOf({ functions }: { readonly functions: string }): readonly FunctionRun[] {
  return z.array(functionRunSchema).parse(JSON.parse(functions));
}
