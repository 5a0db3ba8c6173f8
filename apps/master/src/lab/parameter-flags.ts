import { type AnyExperiment, describeParameters, type GivenParameters } from '@skyground/experiment';
import { kebabCase, shownValue } from '@skyground/experiment/command-line';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { expectedWords, placeholderOf, shapesOf, valueIn } from './parameter-values.ts';

/** One flag for each parameter of the experiment, with its description and default. */
export function addParameterFlags(command: Command, { parameters }: AnyExperiment): void {
  const shapes = shapesOf(parameters);
  for (const { name, description, defaultValue } of describeParameters(parameters)) {
    const shape = shapes.get(name) ?? {};
    const flag = kebabCase(name);
    if (shape.type === 'boolean') {
      // Both can be typed, since the environment may have said the contrary; the help shows the one that changes something.
      const yes = new Option(`--${flag}`, description);
      const no = new Option(`--no-${flag}`, `${description} (it does, unless this flag says no)`).default(
        undefined,
      );
      command.addOption(yes.hideHelp(defaultValue === true)).addOption(no.hideHelp(defaultValue === false));
    } else {
      const help = `${description} (default: ${shownValue(defaultValue)})`;
      command.addOption(new Option(`--${flag} ${placeholderOf(shape)}`, help));
    }
  }
}

/** `SKYGROUND_CLOUD_VS_ONPREM_REPETITIONS`: the variable that gives a parameter where no flag does. */
export function variableOf({ id }: Pick<AnyExperiment, 'id'>, parameter: string): string {
  return `SKYGROUND_${id}_${kebabCase(parameter)}`.replaceAll('-', '_').toUpperCase();
}

/** What the person chose, flags before environment, and everything that is wrong with it. */
export function givenParameters(
  experiment: Pick<AnyExperiment, 'id' | 'parameters'>,
  flags: Readonly<Record<string, unknown>>,
  environment: NodeJS.ProcessEnv,
): { readonly given: GivenParameters; readonly problems: readonly string[] } {
  const shapes = shapesOf(experiment.parameters);
  const sources = new Map<string, { readonly typed: string; readonly place: string }>();
  const given: Record<string, GivenParameters[string]> = {};
  for (const [name, shape] of shapes) {
    const flag = flags[name];
    const variable = variableOf(experiment, name);
    const inEnvironment = environment[variable];
    if (typeof flag === 'boolean') {
      given[name] = { value: flag, origin: 'flag' };
    } else if (typeof flag === 'string') {
      given[name] = { value: valueIn(flag, shape), origin: 'flag' };
      sources.set(name, { typed: flag, place: `--${kebabCase(name)}` });
    } else if (inEnvironment !== undefined && inEnvironment !== '') {
      given[name] = { value: valueIn(inEnvironment, shape), origin: 'environment' };
      sources.set(name, { typed: inEnvironment, place: variable });
    }
  }
  const values = Object.fromEntries(Object.entries(given).map(([name, { value }]) => [name, value]));
  const parsed = z.safeParse(experiment.parameters, values);
  const problems = (parsed.error?.issues ?? []).map(({ path, message, code }) => {
    const name = String(path[0] ?? '');
    const source = sources.get(name);
    const shape = shapes.get(name);
    if (source === undefined || shape === undefined) return message;
    // A condition of the experiment's own says itself what it expects.
    const expected = code === 'custom' ? message : `expected ${expectedWords(shape)}`;
    return `${expected} for ${source.place} but received ${JSON.stringify(source.typed)}`;
  });
  return { given, problems: [...new Set(problems)] };
}
