import { randomInt } from 'node:crypto';
import type { AnyExperiment, Plan } from '../contract/experiment.ts';
import { type GivenParameters, resolveParameters } from '../contract/parameters.ts';
import { UsageError } from '../errors.ts';
import { type Clock, timestampOf } from './clock.ts';
import { toJson } from './json.ts';
import { describeMachine } from './machine.ts';
import type { Manifest, Session } from './manifest.ts';
import { createRunFolder } from './run-folder.ts';
import type { Secrets } from './secrets.ts';
import { describeSource } from './source-state.ts';

export interface Beginning {
  readonly resultsFolder: string;
  readonly targetLabel: string;
  readonly seed: number | undefined;
  readonly clock: Clock;
  readonly commandLine: readonly string[];
  readonly secrets: Secrets;
}

/** Plans a run and makes its folder; throws UsageError for parameters or a plan that cannot be. */
export async function beginRun(
  experiment: AnyExperiment,
  given: GivenParameters,
  { resultsFolder, targetLabel, seed, clock, commandLine, secrets }: Beginning,
): Promise<{ readonly folder: string; readonly manifest: Manifest }> {
  const { values, origins } = resolveParameters(experiment.parameters, given);
  const parameters = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      { value: toJson(value, `parameter ${name}`), origin: origins[name] ?? 'default' },
    ]),
  );
  refuseSecrets(parameters, secrets);
  const plan = checkedPlan(await experiment.plan(values), secrets);
  const { source, tool } = await describeSource();
  return createRunFolder(resultsFolder, {
    schemaVersion: 1,
    tool,
    experiment: { id: experiment.id, title: experiment.title },
    parameters,
    targetLabel: secrets.mask(targetLabel),
    seed: seed ?? randomInt(2 ** 31),
    machine: describeMachine(),
    libraries: { ...(await experiment.libraryVersions()) },
    source,
    plan,
    sessions: [newSession(clock, commandLine)],
  });
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

/** A masked value could not be run with again, so none is kept. */
function refuseSecrets(parameters: Manifest['parameters'], secrets: Secrets): void {
  for (const [name, { value }] of Object.entries(parameters)) {
    const text = JSON.stringify(value);
    if (secrets.mask(text) === text) continue;
    throw new UsageError(
      `Parameter ${name} holds a secret (a value of the environment, or a URL's password). Parameters are kept with the results: let the environment alone hold it.`,
    );
  }
}

function checkedPlan({ units, estimatedDurationMs }: Plan, secrets: Secrets): Manifest['plan'] {
  if (units.length === 0) throw new UsageError('With these parameters there is nothing to measure.');
  const known = new Set<string>();
  for (const { arm, unit } of units) {
    for (const name of [arm, unit]) {
      if (!/^\P{Cc}+$/u.test(name) || name !== name.toWellFormed() || secrets.mask(name) !== name) {
        throw new UsageError(
          `Arms and units have names of one line of text and without secrets, got ${secrets.mask(JSON.stringify(name))}.`,
        );
      }
    }
    const size = known.size;
    if (known.add(JSON.stringify([arm, unit])).size === size) {
      throw new UsageError(`Unit ${unit} of ${arm} is planned twice; number its repetitions: ${unit}#2.`);
    }
  }
  return { units: units.map(({ arm, unit }) => ({ arm, unit })), estimatedDurationMs };
}
