/** A mistake of the caller or user: what was expected, what came, how to mend it. */
export class OnPremUsageError extends Error {
  override readonly name = 'OnPremUsageError';
}

/** Worker processes die before they are ready: nothing can be processed, and the cause is not an image. */
export class WorkerStartError extends Error {
  override readonly name = 'WorkerStartError';

  constructor(attempts: number, reason: string, stderr: string) {
    const detail = stderr === '' ? '' : `\n${stderr}`;
    super(
      `expected worker processes to start but ${attempts} in a row ended before they were ready (${reason}); ` +
        `\`npm install\` mends a damaged sharp${detail}`,
    );
  }
}
