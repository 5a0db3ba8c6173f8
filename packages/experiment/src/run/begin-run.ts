import { randomInt } from 'node:crypto';
import type { AnyExperiment } from '../contract/experiment.ts';
import { type Clock, timestampOf } from './clock.ts';
import { describeMachine } from './machine.ts';
import type { Manifest, Session } from './manifest.ts';
import type { OpenedCloud } from './open-cloud.ts';
import type { PlannedRun } from './plan-run.ts';
import { createRunFolder } from './run-folder.ts';
import type { Secrets } from './secrets.ts';
import { describeSource } from './source-state.ts';

export interface Beginning {
  readonly resultsFolder: string;
  /** undefined for an experiment without a deployment. */
  readonly cloud: OpenedCloud | undefined;
  readonly seed: number | undefined;
  readonly clock: Clock;
  readonly commandLine: readonly string[];
  readonly secrets: Secrets;
}

/** Makes the folder of a planned run. */
export async function beginRun(
  experiment: AnyExperiment,
  { parameters, plan, thresholds }: PlannedRun,
  { resultsFolder, cloud, seed, clock, commandLine, secrets }: Beginning,
): Promise<{ readonly folder: string; readonly manifest: Manifest }> {
  return createRunFolder(resultsFolder, {
    schemaVersion: 1,
    ...(await surroundingsOf(experiment)),
    experiment: { id: experiment.id, title: experiment.title },
    parameters,
    targetLabel: secrets.mask(cloud?.label ?? 'this machine'),
    seed: seed ?? randomInt(2 ** 31),
    plan,
    thresholds: [...thresholds],
    cloud: cloud?.place ?? null,
    sessions: [newSession(clock, commandLine)],
  });
}

/** What measures here and now, beside what was chosen. */
export async function surroundingsOf(
  experiment: AnyExperiment,
): Promise<Pick<Manifest, 'libraries' | 'machine' | 'source' | 'tool'>> {
  const { source, tool } = await describeSource();
  const libraries = { ...(await experiment.libraryVersions()) };
  return { libraries, machine: describeMachine(), source, tool };
}

/** `commandLine`: with its secrets masked. */
export function newSession(clock: Clock, commandLine: readonly string[]): Session {
  return {
    startedAt: timestampOf(clock),
    finishedAt: null,
    outcome: 'running',
    commandLine: [...commandLine],
    conditions: null,
    load: null,
  };
}
