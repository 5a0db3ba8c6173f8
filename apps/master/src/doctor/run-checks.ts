import { messageOf } from '../errors.ts';
import type { Check, Judgement, Surroundings } from './check.ts';

/** A judgement with the check that made it; `skipped` where a check that it builds on has a problem. */
export type Finding = Pick<Check, 'id' | 'title'> &
  (Judgement | { readonly status: 'skipped'; readonly reason: string });

export interface RunOptions {
  readonly signal: AbortSignal;
  /** Each check's own. */
  readonly limitMs: number;
}

/**
 * Makes all checks of the target at the same time, those that build on others after them, and answers in the order of the list.
 * A check that throws or takes too long is a problem of its own and stops no other. Throws only when the signal is aborted.
 */
export async function runChecks(
  checks: readonly Check[],
  surroundings: Surroundings,
  options: RunOptions,
): Promise<readonly Finding[]> {
  const begun = new Map<string, Promise<Finding>>();
  for (const check of checks) {
    if (!check.targets.includes(surroundings.target.kind)) continue;
    const before = check.after.flatMap((id) => begun.get(id) ?? []);
    begun.set(check.id, runAfter(before, check, surroundings, options));
  }
  const findings = await Promise.all(begun.values());
  options.signal.throwIfAborted();
  return findings;
}

async function runAfter(
  before: readonly Promise<Finding>[],
  check: Check,
  surroundings: Surroundings,
  options: RunOptions,
): Promise<Finding> {
  const { id, title } = check;
  const failed = (await Promise.all(before)).find(
    ({ status }) => status === 'problem' || status === 'skipped',
  );
  if (failed !== undefined) {
    const why = failed.status === 'skipped' ? 'was skipped' : 'has a problem';
    return { id, title, status: 'skipped', reason: `needs "${failed.title}", which ${why}` };
  }
  return { id, title, ...(await judged(check, surroundings, options)) };
}

async function judged(
  check: Check,
  surroundings: Surroundings,
  { signal, limitMs }: RunOptions,
): Promise<Judgement> {
  const limit = AbortSignal.timeout(limitMs);
  const either = AbortSignal.any([signal, limit]);
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const stop = () => reject(either.reason);
  either.addEventListener('abort', stop);
  try {
    either.throwIfAborted();
    // Not everything that a probe waits for can be told to stop (a library that is loaded, say).
    return await Promise.race([check.run(surroundings, either), stopped]);
  } catch (error) {
    if (limit.aborted) {
      const advice = 'What it waits for (a network, a disk, another process) hangs: look there first.';
      return { status: 'problem', seen: `no answer within ${limitMs / 1000} s`, advice };
    }
    const advice = 'The check itself could not be made; the message says at what it stopped.';
    return { status: 'problem', seen: messageOf(error), advice };
  } finally {
    either.removeEventListener('abort', stop);
  }
}
