import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { CloudRequest } from '../contract/cloud.ts';
import type { AnyExperiment } from '../contract/experiment.ts';
import type { GivenParameters } from '../contract/parameters.ts';
import { UsageError } from '../errors.ts';
import { beginRun, newSession } from './begin-run.ts';
import { type Clock, systemClock } from './clock.ts';
import { derive, refuseOther } from './derive.ts';
import type { EmitRunEvent } from './events.ts';
import { withRunLock } from './lock.ts';
import { type Manifest, readManifest, type Session, writeManifest } from './manifest.ts';
import { withMeasuringLock } from './measuring-lock.ts';
import type { OpenedCloud } from './open-cloud.ts';
import { kindOf, outcomeOfError, type RunOutcome } from './outcome.ts';
import { planRun } from './plan-run.ts';
import { Recorder } from './recorder.ts';
import { withRunLog } from './run-log.ts';
import { readSamples } from './samples-file.ts';
import { type Secrets, secretsOf } from './secrets.ts';
import { runSession, type SessionRequest } from './session.ts';

export interface ResumeOptions {
  readonly emit: EmitRunEvent;
  readonly signal: AbortSignal;
  /** Of the embedded cloud; `.skyground` at the root of the repository where it is not given. */
  readonly stateDir?: string;
  readonly clock?: Clock;
  /** What the person typed, for the manifest; secrets in it are masked. */
  readonly commandLine?: readonly string[];
}

export interface RunOptions extends ResumeOptions {
  /** Run folders are `<resultsFolder>/<experiment>/<UTC timestamp>/`. */
  readonly resultsFolder: string;
  /** Where to deploy what the experiment needs; of no effect on one that needs nothing, which runs on `this machine`. */
  readonly cloud: CloudRequest;
  /** 32-bit; drawn by lot where it is not given, and recorded. */
  readonly seed?: number;
  /** `p(99)<500` for every arm or `ARM: p(99)<500` for one, as k6 writes them; see `parseThresholds`. */
  readonly thresholds?: readonly string[];
}

/**
 * Runs an experiment in a folder of its own, then derives and checks. Never throws: what went wrong is in the outcome. Mistakes in
 * parameters, thresholds, credentials or a target that does not answer are told before there is a folder.
 */
export function runExperiment(
  experiment: AnyExperiment,
  given: GivenParameters,
  options: RunOptions,
): Promise<RunOutcome> {
  return withOutcome(options, async (surroundings) => {
    const { resultsFolder, seed, thresholds = [], signal } = options;
    signal.throwIfAborted();
    const { clock, secrets } = surroundings;
    const planned = await planRun(experiment, given, { thresholds, secrets });
    return withMeasuringLock(resultsFolder, () =>
      withCloud(experiment, options.cloud, options, async (cloud) => {
        const beginning = { resultsFolder, cloud, seed, ...surroundings };
        const { folder, manifest } = await beginRun(experiment, planned, beginning);
        return withRunLock(folder, () =>
          logged(folder, options, surroundings, async (emit) => {
            const recorder = await recorderOf(experiment, folder, manifest);
            const isResumed = false;
            return measure({ experiment, folder, manifest, recorder, isResumed, cloud, emit, signal, clock });
          }),
        );
      }),
    );
  });
}

/**
 * Goes on, on the same target, with a run that was stopped, failed or was killed: measures what has no row yet. Never throws.
 */
export function resumeRun(
  experiment: AnyExperiment,
  runFolder: string,
  options: ResumeOptions,
): Promise<RunOutcome> {
  const folder = resolve(runFolder);
  return withOutcome(options, async (surroundings) => {
    const { signal } = options;
    signal.throwIfAborted();
    refuseOther(experiment, await readManifest(folder), folder);
    return withRunLock(folder, async () => {
      const before = await readManifest(folder);
      const recorder = await recorderOf(experiment, folder, before);
      if (recorder.unitsLeft.length > 0) return resumeMeasuring(before, recorder);
      if (existsSync(join(folder, 'summary.json'))) {
        throw new UsageError(`${folder} is finished: there is nothing to resume.`);
      }
      // Killed between the last row and the summary: there is nothing to measure, only to derive.
      return logged(folder, options, surroundings, async (emit) => {
        const session = asFinished(newSession(surroundings.clock, surroundings.commandLine));
        const manifest = await withSession(before, session);
        return conclude(experiment, folder, manifest, emit, signal);
      });
    });

    function resumeMeasuring(before: Manifest, recorder: Recorder): Promise<RunOutcome> {
      const { clock, commandLine, secrets } = surroundings;
      return withMeasuringLock(dirname(dirname(folder)), () =>
        withCloud(experiment, before.cloud?.request, options, async (cloud) => {
          refuseOtherTarget(before, cloud, secrets);
          return logged(folder, options, surroundings, async (emit) => {
            const manifest = await withSession(before, newSession(clock, commandLine));
            const isResumed = true;
            return measure({ experiment, folder, manifest, recorder, isResumed, cloud, emit, signal, clock });
          });
        }),
      );
    }

    async function withSession(before: Manifest, session: Session): Promise<Manifest> {
      const manifest = { ...before, sessions: [...before.sessions.map(asKilled), session] };
      await writeManifest(folder, manifest);
      return manifest;
    }
  });
}

/** Opens the target of an experiment that deploys something, and closes it however the work ends. */
async function withCloud<Result>(
  experiment: AnyExperiment,
  request: CloudRequest | undefined,
  { stateDir, signal }: ResumeOptions,
  work: (cloud: OpenedCloud | undefined) => Promise<Result>,
): Promise<Result> {
  if (experiment.deployment === undefined) return work(undefined);
  if (request === undefined) {
    throw new UsageError('The run does not say which target it was on: begin a new one.');
  }
  // Clients of AWS take half a second to load: only those who deploy pay for them.
  const { openCloud } = await import('./open-cloud.ts');
  const cloud = await openCloud(request, { stateDir, signal });
  try {
    return await work(cloud);
  } finally {
    await cloud.close();
  }
}

/** The environment, the profile or the embedded cloud's CPU share may have changed since; samples of two places are no one run. */
function refuseOtherTarget(
  { targetLabel }: Manifest,
  cloud: OpenedCloud | undefined,
  secrets: Secrets,
): void {
  const label = secrets.mask(cloud?.label ?? targetLabel);
  if (label === targetLabel) return;
  throw new UsageError(
    `The run was begun on ${targetLabel}, and would go on on ${label}: set what decides the target as it was then, or begin a new run.`,
  );
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
  const manifest = await runSession(request);
  return conclude(request.experiment, request.folder, manifest, request.emit, request.signal);
}

async function conclude(
  experiment: AnyExperiment,
  folder: string,
  manifest: Manifest,
  emit: EmitRunEvent,
  signal: AbortSignal,
): Promise<RunOutcome> {
  const { verdict, findings, thresholds } = await derive(experiment, folder, manifest, signal);
  emit({ type: 'derived', verdict, findings, thresholds });
  return { kind: kindOf(findings, thresholds), folder, verdict, findings, thresholds };
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
