import type { CloudClients } from '@skyground/cloud';

import type { FunctionContext } from '../../src/functions/function-context.ts';

/** A context whose clock stands still but for what is slept, and what was slept and logged. */
export interface TestContext extends FunctionContext {
  readonly sleptMs: number[];
  readonly logged: object[];
}

export function testContext({ s3 }: CloudClients, resultsBucket: string): TestContext {
  const sleptMs: number[] = [];
  const logged: object[] = [];
  let nowMs = 1_000;
  const sleep = async (durationMs: number): Promise<void> => {
    sleptMs.push(durationMs);
    nowMs += durationMs;
  };
  const clock = { steadyMs: () => nowMs, wallMs: () => 1_795_000_000_000 + nowMs, sleep };
  return { s3, resultsBucket, clock, log: (line) => logged.push(line), sleptMs, logged };
}
