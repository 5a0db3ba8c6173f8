import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { AnyExperiment } from '../contract/experiment.ts';
import { UsageError } from '../errors.ts';
import { differentConditions } from '../results/different-conditions.ts';
import { newSession, surroundingsOf } from './begin-run.ts';
import { refuseOther } from './derive.ts';
import { checksName, summaryName } from './derived-files.ts';
import type { EmitRunEvent } from './events.ts';
import { withRunLock } from './lock.ts';
import { type Manifest, readManifest, type Session, writeManifest } from './manifest.ts';
import { conclude, measure, recorderOf, withCloud } from './measure.ts';
import { withMeasuringLock } from './measuring-lock.ts';
import type { OpenedCloud } from './open-cloud.ts';
import type { RunOutcome } from './outcome.ts';
import type { Recorder } from './recorder.ts';
import type { Secrets } from './secrets.ts';
import { logged, type ResumeOptions, withOutcome } from './with-outcome.ts';

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
      if (existsSync(join(folder, summaryName))) {
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
            await forgetFigures(folder);
            const manifest = await withSession(before, newSession(clock, commandLine));
            await tellChanges(experiment, before, emit);
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

/** Those of a part of the samples: killed before they are written again, the run must not look finished with them. */
async function forgetFigures(folder: string): Promise<void> {
  for (const name of [summaryName, checksName]) await rm(join(folder, name), { force: true });
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

/** Another commit, library or machine may measure the rest otherwise: the person decides whether that is one run. */
async function tellChanges(experiment: AnyExperiment, before: Manifest, emit: EmitRunEvent): Promise<void> {
  const now = { ...before, ...(await surroundingsOf(experiment)) };
  for (const { name, first, second } of differentConditions(before, now)) {
    const message = `Since the run began, ${name} was ${first} and is ${second}: its samples are of both.`;
    emit({ type: 'log', level: 'warning', message });
  }
}

/** Nobody else holds the lock, so a session that says it runs does not. */
function asKilled(session: Session): Session {
  return session.outcome === 'running' ? { ...session, outcome: 'killed' } : session;
}

/** Nothing was left to measure: the session only derives. */
function asFinished(session: Session): Session {
  return { ...session, outcome: 'finished', finishedAt: session.startedAt };
}
