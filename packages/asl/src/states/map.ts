import type { FieldsOf } from '../definition/state-fields.ts';
import { RuntimeFault } from '../errors.ts';
import { evaluateTemplate } from '../expressions/jsonata.ts';
import { applyTemplate } from '../expressions/payload-template.ts';
import { readReferencePath } from '../expressions/reference-path.ts';
import { type Iteration, mapContext } from '../interpreter/branch.ts';
import { afterInputPath, type Step } from '../interpreter/data-flow.ts';
import { expectType } from '../interpreter/expect-type.ts';
import { leaveAfterLines } from '../interpreter/run-lines.ts';
import type { Visit } from '../interpreter/visit.ts';
import type { Json, JsonObject } from '../json.ts';
import { readInteger } from './read-integer.ts';

/** AWS's limit for inline Map; also what MaxConcurrency 0 means. */
const MAX_CONCURRENT_ITERATIONS = 40;

type MapFields = FieldsOf<'Map'>;
type PathMap = Extract<MapFields, { QueryLanguage: 'JSONPath' }>;
type JsonataMap = Extract<MapFields, { QueryLanguage: 'JSONata' }>;

interface Plan {
  readonly items: readonly Json[];
  readonly maxConcurrency: number;
  /** What an iteration works on: its item, or what ItemSelector makes of it. */
  inputOf(item: Json, context: JsonObject): Json | Promise<Json>;
}

/** Runs its processor once for each item; the result is the list of the outputs in the order of the items. */
export async function runMap(fields: MapFields, visit: Visit): Promise<Step> {
  const { branch, state } = visit;
  const { items, maxConcurrency, inputOf } =
    fields.QueryLanguage === 'JSONata' ? await planByJsonata(fields, visit) : planByPaths(fields, visit);
  branch.record('MapStateStarted', 'mapStateStartedEventDetails', { length: items.length });
  const lines = await Promise.all(
    items.map(async (item, index) => {
      const iteration: Iteration = { name: state.name, index, item };
      const input = await inputOf(item, { ...visit.context, Map: mapContext(iteration) });
      return { machine: processorOf(visit), input, iteration };
    }),
  );
  const limit = Math.min(maxConcurrency || MAX_CONCURRENT_ITERATIONS, MAX_CONCURRENT_ITERATIONS);
  return await leaveAfterLines(fields, lines, limit, visit);
}

function processorOf({ state }: Visit) {
  const [processor] = state.inner;
  if (processor === undefined) throw new Error(`Map state ${state.name} was read without its ItemProcessor`);
  return processor;
}

function planByPaths(fields: PathMap, visit: Visit): Plan {
  const input = afterInputPath(fields, visit);
  const { ItemsPath = '$', MaxConcurrency = 0, MaxConcurrencyPath } = fields;
  const scope = visit.paths(input);
  const items = readReferencePath(ItemsPath, scope);
  if (!isArray(items)) throw new RuntimeFault(`Reference path "${ItemsPath}" must point to array.`);
  const maxConcurrency =
    MaxConcurrencyPath === undefined
      ? MaxConcurrency
      : readInteger('MaxConcurrencyPath', MaxConcurrencyPath, scope);
  if (maxConcurrency < 0) throw new RuntimeFault('MaxConcurrency cannot be negative.');
  const template = fields.ItemSelector ?? fields.Parameters;
  return {
    items,
    maxConcurrency,
    inputOf: (item, context) =>
      template === undefined
        ? item
        : applyTemplate(template, { ...scope, context }, visit.execution.randomness),
  };
}

async function planByJsonata(fields: JsonataMap, visit: Visit): Promise<Plan> {
  const { ItemSelector, MaxConcurrency = 0 } = fields;
  const { randomness } = visit.execution;
  const scope = visit.jsonata();
  const template = fields.Items ?? '{% $states.input %}';
  const items = expectType(
    'array',
    await evaluateTemplate(template, 'Items', scope, randomness),
    template,
    'Items',
  );
  const maxConcurrency = expectType(
    'number',
    await evaluateTemplate(MaxConcurrency, 'MaxConcurrency', scope, randomness),
    MaxConcurrency,
    'MaxConcurrency',
  );
  if (maxConcurrency < 0) throw new RuntimeFault('MaxConcurrency cannot be negative.');
  return {
    items,
    maxConcurrency,
    inputOf: (item, context) => {
      if (ItemSelector === undefined) return item;
      const withItem = { ...scope, states: { ...scope.states, context } };
      return evaluateTemplate(ItemSelector, 'ItemSelector', withItem, randomness);
    },
  };
}

/** Array.isArray forgets what a read-only list holds. */
function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
