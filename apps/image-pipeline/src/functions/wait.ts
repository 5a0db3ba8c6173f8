import type { Delay } from '../wire/delays.ts';
import type { FunctionContext } from './function-context.ts';

/** Waits as the scenario says, without using the CPU. `startedMs` is when the function began, by the steady clock. */
export async function wait(
  { kind, delayMs }: Delay,
  startedMs: number,
  { steadyMs, sleep }: FunctionContext['clock'],
): Promise<void> {
  const endMs = (kind === 'add' ? steadyMs() : startedMs) + delayMs;
  // A timer may end up to a millisecond early.
  for (let leftMs = endMs - steadyMs(); leftMs > 0; leftMs = endMs - steadyMs())
    await sleep(Math.ceil(leftMs));
}
