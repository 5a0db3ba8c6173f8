import { createInterface } from 'node:readline/promises';

import type { DestroyStep } from '../destroy.ts';
import { CloudUsageError } from '../errors.ts';

/** Nothing in an account is deleted without a yes. */
export async function confirmRemoval(
  steps: readonly DestroyStep[],
  label: string,
  signal: AbortSignal,
): Promise<void> {
  if (!process.stdin.isTTY) {
    throw new CloudUsageError(
      `${label}: expected a confirmation, but there is no terminal to ask on. Give --yes.`,
    );
  }
  const count = steps.filter(({ outcome }) => outcome === 'removed').length;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`Remove these ${count} from ${label}? Type yes: `, { signal });
    if (answer.trim().toLowerCase() !== 'yes')
      throw new CloudUsageError('Not confirmed: nothing was removed.');
  } finally {
    terminal.close();
  }
}
