import { type Clock, systemClock } from './clock.ts';
import type { EmitRunEvent } from './events.ts';
import { outcomeOfError, type RunOutcome } from './outcome.ts';
import { withRunLog } from './run-log.ts';
import { type Secrets, secretsOf } from './secrets.ts';

export interface ResumeOptions {
  readonly emit: EmitRunEvent;
  readonly signal: AbortSignal;
  /** Of the embedded cloud; `.skyground` at the root of the repository where it is not given. */
  readonly stateDir?: string;
  readonly clock?: Clock;
  /** What the person typed, for the manifest; secrets in it are masked. */
  readonly commandLine?: readonly string[];
}

/** What every part of a run needs. */
export interface Surroundings {
  readonly clock: Clock;
  /** Masked. */
  readonly commandLine: readonly string[];
  readonly secrets: Secrets;
}

/** Before there is a folder to log in: an error is an outcome all the same. */
export async function withOutcome(
  { emit, signal, clock = systemClock, commandLine = process.argv }: ResumeOptions,
  work: (surroundings: Surroundings) => Promise<RunOutcome>,
): Promise<RunOutcome> {
  const secrets = secretsOf(process.env);
  try {
    return await work({ clock, commandLine: secrets.maskCommandLine(commandLine), secrets });
  } catch (error) {
    const outcome = outcomeOfError(error, undefined, signal);
    emit({ type: 'runFinished', outcome });
    return outcome;
  }
}

/** In the folder that is now ours: everything up to the outcome goes to its log, too. */
export async function logged(
  folder: string,
  { emit, signal }: ResumeOptions,
  { clock, secrets }: Surroundings,
  work: (emit: EmitRunEvent) => Promise<RunOutcome>,
): Promise<RunOutcome> {
  const emitLogged = withRunLog(folder, emit, clock, secrets);
  const outcome = await work(emitLogged).catch((error: unknown) => outcomeOfError(error, folder, signal));
  emitLogged({ type: 'runFinished', outcome });
  return outcome;
}
