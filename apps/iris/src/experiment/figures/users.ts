import type { Sample } from '../sample.ts';

/** From each moment on, how many users had begun: the steps only. */
export function usersOf(
  load: readonly Sample[],
): readonly { readonly atMs: number; readonly users: number }[] {
  const steps: { atMs: number; users: number }[] = [];
  for (const { startedAtMs, users } of load.toSorted((a, b) => a.startedAtMs - b.startedAtMs)) {
    if (users === null || users <= (steps.at(-1)?.users ?? 0)) continue;
    steps.push({ atMs: startedAtMs, users });
  }
  return steps;
}
