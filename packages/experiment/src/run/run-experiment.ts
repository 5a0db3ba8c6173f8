import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyExperiment } from '../contract/experiment.ts';
import type { GivenParameters } from '../contract/parameters.ts';
import { UsageError } from '../errors.ts';
import { beginRun, newSession } from './begin-run.ts';
import { type Clock, systemClock } from './clock.ts';
import { derive, isComparisonValid, refuseOther } from './derive.ts';
import type { EmitRunEvent } from './events.ts';
import { withRunLock } from './lock.ts';
import { type Manifest, readManifest, type Session, writeManifest } from './manifest.ts';
import { outcomeOfError, type RunOutcome } from './outcome.ts';
import { Recorder } from './recorder.ts';
import { withRunLog } from './run-log.ts';
import { readSamples } from './samples-file.ts';
import { type Secrets, secretsOf } from './secrets.ts';
import { runSession, type SessionRequest } from './session.ts';

export interface ResumeOptions {
  readonly emit: EmitRunEvent;
  readonly signal: AbortSignal;
  readonly clock?: Clock;
  /** What the person typed, for the manifest; secrets in it are masked. */
  readonly commandLine?: readonly string[];
}

export interface RunOptions extends ResumeOptions {
  /** Run folders are `<resultsFolder>/<experiment>/<UTC timestamp>/`. */
  readonly resultsFolder: string;
  readonly targetLabel: string;
  /** 32-bit; drawn by lot where it is not given, and recorded. */
  readonly seed?: number;
}

/** Runs an experiment in a folder of its own, then derives and checks. Never throws: what went wrong is in the outcome. */
export function runExperiment(
  experiment: AnyExperiment,
  given: GivenParameters,
  options: RunOptions,
): Promise<RunOutcome> {
  return withOutcome(options, async (surroundings) => {
    const { resultsFolder, targetLabel, seed, signal } = options;
    signal.throwIfAborted();
    const { clock } = surroundings;
    const beginning = { resultsFolder, targetLabel, seed, ...surroundings };
    const { folder, manifest } = await beginRun(experiment, given, beginning);
    return withRunLock(folder, () =>
      logged(folder, options, surroundings, async (emit) => {
        const recorder = await recorderOf(experiment, folder, manifest);
        return measure({ experiment, folder, manifest, recorder, isResumed: false, emit, signal, clock });
      }),
    );
  });
}

/** Goes on with a run that was stopped, failed or was killed: measures what has no row yet. Never throws. */
export function resumeRun(
  experiment: AnyExperiment,
  folder: string,
  options: ResumeOptions,
): Promise<RunOutcome> {
  return withOutcome(options, async (surroundings) => {
    const { signal } = options;
    signal.throwIfAborted();
    refuseOther(experiment, await readManifest(folder), folder);
    return withRunLock(folder, async () => {
      const before = await readManifest(folder);
      const recorder = await recorderOf(experiment, folder, before);
      const isMeasured = recorder.unitsLeft.length === 0;
      if (isMeasured && existsSync(join(folder, 'summary.json'))) {
        throw new UsageError(`${folder} is finished: there is nothing to resume.`);
      }
      return logged(folder, options, surroundings, async (emit) => {
        const { clock, commandLine } = surroundings;
        const session = newSession(clock, commandLine);
        const sessions = [...before.sessions.map(asKilled), isMeasured ? asFinished(session) : session];
        const manifest = { ...before, sessions };
        await writeManifest(folder, manifest);
        return measure({ experiment, folder, manifest, recorder, isResumed: true, emit, signal, clock });
      });
    });
  });
}

async function recorderOf(experiment: AnyExperiment, folder: string, { plan }: Manifest): Promise<Recorder> {
  return new Recorder(experiment, plan.units, await readSamples(experiment, folder));
}

/** Nobody else holds the lock, so a session that says it runs does not. */
function asKilled(session: Session): Session {
  return session.outcome === 'running' ? { ...session, outcome: 'killed' } : session;
}

/** Nothing was left to measure: the session only derives. */
function asFinished(session: Session): Session {
  return { ...session, outcome: 'finished', finishedAt: session.startedAt };
}

async function measure(request: SessionRequest): Promise<RunOutcome> {
  const { experiment, folder, recorder, emit, signal } = request;
  // Killed between the last row and the summary: there is nothing to measure, only to derive.
  const manifest = recorder.unitsLeft.length === 0 ? request.manifest : await runSession(request);
  const { verdict, findings } = await derive(experiment, folder, manifest, signal);
  emit({ type: 'derived', verdict, findings });
  return { kind: isComparisonValid(findings) ? 'valid' : 'not valid', folder, verdict, findings };
}

interface Surroundings {
  readonly clock: Clock;
  /** Masked. */
  readonly commandLine: readonly string[];
  readonly secrets: Secrets;
}

/** Before there is a folder to log in: an error is an outcome all the same. */
async function withOutcome(
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
async function logged(
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
