import { join } from 'node:path';
import { CloudUsageError, explainError } from '@skyground/cloud';
import { OnPremUsageError } from '@skyground/onprem';
import type { CloudSide } from './cloud-side.ts';
import { messageOf, StageError, StopRequested, UsageError } from './errors.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { repositoryRoot } from './paths.ts';
import { shQuoted } from './sh-quoted.ts';

/** How a run ended. */
export interface RunOutcome {
  readonly exitCode: ExitCode;
  readonly message: string;
}

/** `valid`: what the comparison was found to be; undefined where none was asked for. */
export function outcomeOfVerdict(valid: boolean | undefined): RunOutcome {
  if (valid === undefined) return { exitCode: exitCodes.compared, message: 'Done.' };
  if (valid) return { exitCode: exitCodes.compared, message: 'Compared.' };
  return {
    exitCode: exitCodes.notValid,
    message: 'Finished, but the comparison is not valid: see the findings above.',
  };
}

/** `resume` is the command that goes on with this run; undefined while there is nothing to go on with. */
export function outcomeOfError(error: unknown, signal: AbortSignal, resume: string | undefined): RunOutcome {
  if (signal.aborted && signal.reason instanceof StopRequested) {
    const message =
      resume === undefined
        ? 'Stopped before the run began: there is nothing for --resume to go on with.'
        : `Stopped. \`${resume}\` goes on without repeating finished images.`;
    return { exitCode: exitCodes.stopped, message };
  }
  const hints = [
    error instanceof StageError ? error.hint : undefined,
    resume === undefined ? undefined : `\`${resume}\` goes on where it stopped.`,
  ].filter((hint) => hint !== undefined);
  return {
    exitCode: isUsageError(error) ? exitCodes.usage : exitCodes.failed,
    // The stage has told the whole of it.
    message: [messageOf(error).split('\n', 1)[0], ...hints].join(' '),
  };
}

function isUsageError(error: unknown): boolean {
  return error instanceof UsageError || error instanceof CloudUsageError || error instanceof OnPremUsageError;
}

/** What to type to go on with the run of a folder. */
export function resumeCommand(metricsDir: string): string {
  const output = metricsDir === join(repositoryRoot, 'metrics') ? '' : ` --output ${shQuoted(metricsDir)}`;
  return `npm run master -- --resume${output}`;
}

type Where = Pick<CloudSide, 'clients' | 'lastLines'>;

/** Of what the SDK throws in the middle of a run: one sentence that names the target and says what is the matter. */
export async function explained(error: unknown, side: Where | undefined): Promise<unknown> {
  if (side === undefined || !(error instanceof Error) || !('$metadata' in error)) return error;
  const { target } = side.clients;
  const isGone = 'code' in error && (error.code === 'ECONNREFUSED' || error.code === 'ECONNRESET');
  if (target.kind === 'local' && isGone) {
    const said = side.lastLines.length === 0 ? [] : ['It printed:', ...side.lastLines];
    const message = [
      `The embedded cloud at ${target.endpoint} has ended in the middle of the run.`,
      ...said,
    ].join('\n  ');
    return new StageError(message, undefined, { cause: error });
  }
  const { message } = await explainError(error, target, process.env);
  return new StageError(message, undefined, { cause: error });
}
