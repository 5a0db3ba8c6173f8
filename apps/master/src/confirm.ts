import { createInterface } from 'node:readline/promises';
import { UsageError } from './errors.ts';

interface ConfirmOptions {
  readonly yes: boolean;
  /** Whether there is somebody to ask. */
  readonly interactive: boolean;
  readonly signal: AbortSignal;
  readonly input?: NodeJS.ReadableStream;
  readonly output?: NodeJS.WritableStream;
}

/** How deletions of anything that is not this tool's own are agreed to. */
export function makeConfirm({
  yes,
  interactive,
  signal,
  input = process.stdin,
  output = process.stderr,
}: ConfirmOptions) {
  return async (question: string): Promise<boolean> => {
    if (yes) return true;
    if (!interactive) {
      throw new UsageError(`${question} There is no terminal to ask in: give --yes to agree.`);
    }
    signal.throwIfAborted();
    // Not as a terminal: then Ctrl-C stays a signal, which stops the run.
    const lines = createInterface({ input, output, terminal: false });
    // Ctrl-D closes the input without an answer, and is none.
    const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
    try {
      const answer = await Promise.race([lines.question(`${question} [y/N] `, { signal }), closed]);
      return /^y(es)?$/i.test(answer.trim());
    } finally {
      lines.close();
    }
  };
}
