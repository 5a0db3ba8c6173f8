import type { Finding } from '../checks/check.ts';
import type { Verdict } from '../contract/experiment.ts';
import { messageOf, UsageError } from '../errors.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { isBroken, type JudgedThreshold } from './thresholds.ts';

/** How a run ended. `folder` is undefined where it ended before there was one. */
export type RunOutcome =
  | {
      /**
       * Measured to the end. `not valid` as soon as one finding is an error; that wins over `thresholds breached`, because
       * figures that say nothing cannot keep or break anything.
       */
      readonly kind: 'valid' | 'not valid' | 'thresholds breached';
      readonly folder: string;
      readonly verdict: Verdict;
      readonly findings: readonly Finding[];
      readonly thresholds: readonly JudgedThreshold[];
    }
  | { readonly kind: 'stopped'; readonly folder: string | undefined; readonly message: string }
  | {
      readonly kind: 'failed';
      readonly folder: string | undefined;
      readonly message: string;
      readonly cause: unknown;
    }
  /** A mistake that the person can set right; with a folder, the run can be resumed afterwards. */
  | { readonly kind: 'usage'; readonly folder: string | undefined; readonly message: string };

export function kindOf(
  findings: readonly Finding[],
  thresholds: readonly JudgedThreshold[],
): 'valid' | 'not valid' | 'thresholds breached' {
  if (!isComparisonValid(findings)) return 'not valid';
  return thresholds.some(isBroken) ? 'thresholds breached' : 'valid';
}

export function isComparisonValid(findings: readonly Finding[]): boolean {
  return findings.every(({ severity }) => severity !== 'error');
}

export function exitCodeOf({ kind }: RunOutcome): ExitCode {
  switch (kind) {
    case 'not valid':
      return exitCodes.notValid;
    case 'thresholds breached':
      return exitCodes.thresholdBreached;
    default:
      return exitCodes[kind];
  }
}

/** Once the person asked to stop, whatever then broke on the way is part of stopping. */
export function outcomeOfError(error: unknown, folder: string | undefined, signal: AbortSignal): RunOutcome {
  if (signal.aborted) {
    const rest = folder === undefined ? 'before the run began' : `${folder} can be resumed`;
    return { kind: 'stopped', folder, message: `Stopped: ${rest}.` };
  }
  if (error instanceof UsageError) return { kind: 'usage', folder, message: error.message };
  return { kind: 'failed', folder, message: messageOf(error), cause: error };
}
