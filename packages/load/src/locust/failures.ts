import type { SentSample } from '../sample.ts';

/** A way in which requests failed, and how often. */
export interface LocustFailure {
  readonly method: string;
  readonly name: string;
  readonly error: string;
  readonly occurrences: number;
}

/** In the order in which each came first. */
export function failuresOf(sent: readonly SentSample[]): LocustFailure[] {
  const counts = new Map<string, LocustFailure>();
  for (const { status, method, name, error } of sent) {
    if (status !== 'failed') continue;
    const failure = { method, name, error: error ?? '' };
    const key = JSON.stringify(failure);
    counts.set(key, { ...failure, occurrences: (counts.get(key)?.occurrences ?? 0) + 1 });
  }
  return [...counts.values()];
}
