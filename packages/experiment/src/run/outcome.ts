import type { Finding } from '../checks/check.ts';
import type { Verdict } from '../contract/experiment.ts';
import { messageOf, UsageError } from '../errors.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';

/** How a run ended. `folder` is undefined where it ended before there was one. */
export type RunOutcome =
  | {
      /** Measured to the end; `not valid` as soon as one finding is an error. */
      readonly kind: 'valid' | 'not valid';
      readonly folder: string;
      readonly verdict: Verdict;
      readonly findings: readonly Finding[];
    }
  | { readonly kind: 'stopped'; readonly folder: string | undefined; readonly message: string }
  | {
      readonly kind: 'failed';
      readonly folder: string | undefined;
      readonly message: string;
      readonly cause: unknown;
    }
  | { readonly kind: 'usage'; readonly message: string };

export function exitCodeOf({ kind }: RunOutcome): ExitCode {
  return exitCodes[kind === 'not valid' ? 'notValid' : kind];
}

/** Once the person asked to stop, whatever then broke on the way is part of stopping. */
export function outcomeOfError(error: unknown, folder: string | undefined, signal: AbortSignal): RunOutcome {
  if (signal.aborted) {
    const rest = folder === undefined ? 'before the run began' : `${folder} can be resumed`;
    return { kind: 'stopped', folder, message: `Stopped: ${rest}.` };
  }
  if (error instanceof UsageError) return { kind: 'usage', message: error.message };
  return { kind: 'failed', folder, message: messageOf(error), cause: error };
}
