import { createInterface } from 'node:readline/promises';
import { UsageError } from './errors.ts';

/** How deletions of anything that is not this tool's own are agreed to. */
export function makeConfirm(options: { readonly yes: boolean; readonly interactive: boolean; readonly signal: AbortSignal }) {
  return async (question: string): Promise<boolean> => {
    if (options.yes) return true;
    if (!options.interactive) {
      throw new UsageError(`${question} There is no terminal to ask in: give --yes to agree, or choose another folder or bucket.`);
    }
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      const answer = await terminal.question(`${question} [y/N] `, { signal: options.signal });
      return /^y(es)?$/i.test(answer.trim());
    } finally {
      terminal.close();
    }
  };
}
