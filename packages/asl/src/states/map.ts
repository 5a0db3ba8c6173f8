import type { FieldsOf } from '../definition/state-fields.ts';
import { QueryEvaluationFault, RuntimeFault } from '../errors.ts';
import { evaluateTemplate } from '../expressions/jsonata.ts';
import { applyTemplate } from '../expressions/payload-template.ts';
import { readReferencePath } from '../expressions/reference-path.ts';
import { type Iteration, mapContext } from '../interpreter/branch.ts';
import { afterInputPath, type Step } from '../interpreter/data-flow.ts';
import { expectType, typeOf } from '../interpreter/expect-type.ts';
import { leaveAfterLines } from '../interpreter/run-lines.ts';
import type { Visit } from '../interpreter/visit.ts';
import type { Json, JsonObject } from '../json.ts';
import { checkThresholdByJsonata, checkThresholdByPaths } from './failure-threshold.ts';
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
  readonly inputOf: (item: Json, context: JsonObject) => Json | Promise<Json>;
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
  return leaveAfterLines(fields, lines, limit, visit);
}

function processorOf({ state }: Visit) {
  const [processor] = state.inner;
  if (processor === undefined) throw new Error(`Map state ${state.name} was read without its ItemProcessor`);
  return processor;
}

/** As AWS does, MaxConcurrency before the items. */
function planByPaths(fields: PathMap, visit: Visit): Plan {
  const { ItemsPath = '$', MaxConcurrency = 0, MaxConcurrencyPath } = fields;
  const scope = visit.paths(afterInputPath(fields, visit));
  const maxConcurrency =
    MaxConcurrencyPath === undefined
      ? MaxConcurrency
      : readInteger('MaxConcurrencyPath', MaxConcurrencyPath, scope);
  checkThresholdByPaths(fields, scope);
  const items = readReferencePath(ItemsPath, scope);
  if (!isArray(items)) throw new RuntimeFault(`Reference path "${ItemsPath}" must point to array.`);
  const template = fields.ItemSelector ?? fields.Parameters;
  return {
    items,
    maxConcurrency: notNegative(maxConcurrency),
    inputOf: (item, context) =>
      template === undefined
        ? item
        : applyTemplate(template, { ...scope, context }, visit.execution.randomness),
  };
}

async function planByJsonata(fields: JsonataMap, visit: Visit): Promise<Plan> {
  const { Items, ItemSelector, MaxConcurrency = 0 } = fields;
  const scope = visit.jsonata();
  const evaluate = (template: Json, location: string, inScope = scope) =>
    evaluateTemplate(template, location, inScope, visit.execution.randomness);
  const limit = await evaluate(MaxConcurrency, 'MaxConcurrency');
  const maxConcurrency = integerOf(expectType('number', limit, MaxConcurrency, 'MaxConcurrency'));
  await checkThresholdByJsonata(fields, evaluate);
  const items =
    Items === undefined
      ? inputAsItems(visit.input)
      : expectType('array', await evaluate(Items, 'Items'), Items, 'Items');
  return {
    items,
    maxConcurrency: notNegative(maxConcurrency),
    inputOf: (item, context) => {
      if (ItemSelector === undefined) return item;
      return evaluate(ItemSelector, 'ItemSelector', { ...scope, states: { ...scope.states, context } });
    },
  };
}

function integerOf(maxConcurrency: number): number {
  if (Number.isInteger(maxConcurrency)) return maxConcurrency;
  const sentence = `The MaxConcurrency field cannot be parsed as an integer: ${maxConcurrency}`;
  throw new QueryEvaluationFault('MaxConcurrency', sentence);
}

function inputAsItems(input: Json): readonly Json[] {
  if (isArray(input)) return input;
  throw new QueryEvaluationFault('Items', `Map state input must be an array but was: ${typeOf(input)}`);
}

function notNegative(maxConcurrency: number): number {
  if (maxConcurrency < 0) throw new RuntimeFault('MaxConcurrency cannot be negative.');
  return maxConcurrency;
}

/** Array.isArray forgets what a read-only list holds. */
function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
