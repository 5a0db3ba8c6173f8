import type { Usage } from '@skyground/cost';
import type { AnyExperiment, Plan } from '../contract/experiment.ts';
import { type GivenParameters, resolveParameters } from '../contract/parameters.ts';
import { UsageError } from '../errors.ts';
import { toJson } from './json.ts';
import type { Manifest } from './manifest.ts';
import type { Secrets } from './secrets.ts';
import { armsOf, parseThresholds } from './thresholds.ts';

/** What would be measured, checked, as the manifest keeps it. */
export interface PlannedRun {
  readonly values: object;
  readonly parameters: Manifest['parameters'];
  readonly plan: Manifest['plan'];
  readonly thresholds: readonly string[];
  readonly estimatedUsage: Usage | undefined;
}

/** Plans a run; throws UsageError for parameters, thresholds or a plan that cannot be. Nothing is written, nothing is sent. */
export async function planRun(
  experiment: AnyExperiment,
  given: GivenParameters,
  { thresholds, secrets }: { readonly thresholds: readonly string[]; readonly secrets: Secrets },
): Promise<PlannedRun> {
  const { values, origins } = resolveParameters(experiment.parameters, given);
  const parameters = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      { value: toJson(value, `parameter ${name}`), origin: origins[name] ?? 'default' },
    ]),
  );
  refuseSecrets(parameters, secrets);
  const planned = await experiment.plan(values);
  const plan = checkedPlan(planned, secrets);
  // Read again whenever the run is derived: the text is what is kept.
  parseThresholds(thresholds, armsOf(plan.units));
  return { values, parameters, plan, thresholds, estimatedUsage: planned.estimatedUsage };
}

/** A masked value could not be run with again, so none is kept. */
function refuseSecrets(parameters: Manifest['parameters'], secrets: Secrets): void {
  for (const [name, { value }] of Object.entries(parameters)) {
    const text = JSON.stringify(value);
    // As it is, too: a key of several lines is spelt otherwise in JSON.
    const masked = JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'string' ? secrets.mask(part) : part,
    );
    if (secrets.mask(text) === text && masked === text) continue;
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
