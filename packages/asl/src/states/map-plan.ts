import type { FieldsOf } from '../definition/state-fields.ts';
import { QueryEvaluationFault, RuntimeFault } from '../errors.ts';
import { evaluateTemplate } from '../expressions/jsonata.ts';
import { applyTemplate } from '../expressions/payload-template.ts';
import { readReferencePath } from '../expressions/reference-path.ts';
import { type Iteration, mapContext } from '../interpreter/branch.ts';
import { afterInputPath } from '../interpreter/data-flow.ts';
import { expectType, typeOf } from '../interpreter/expect-type.ts';
import type { Line } from '../interpreter/run-lines.ts';
import type { Visit } from '../interpreter/visit.ts';
import type { Json, JsonObject } from '../json.ts';
import { checkThresholdByJsonata, checkThresholdByPaths } from './failure-threshold.ts';
import { readInteger } from './read-integer.ts';

type MapFields = FieldsOf<'Map'>;
type PathMap = Extract<MapFields, { QueryLanguage: 'JSONPath' }>;
type JsonataMap = Extract<MapFields, { QueryLanguage: 'JSONata' }>;

/** What a Map state is to do with its input. */
export interface MapPlan {
  readonly items: readonly Json[];
  /** 0 where there is no limit but AWS's own. */
  readonly maxConcurrency: number;
  /** What an iteration works on: its item, or what ItemSelector makes of it. */
  readonly inputOf: (item: Json, context: JsonObject) => Json | Promise<Json>;
}

export function planMap(fields: MapFields, visit: Visit): MapPlan | Promise<MapPlan> {
  return fields.QueryLanguage === 'JSONata' ? planByJsonata(fields, visit) : planByPaths(fields, visit);
}

/** One line for each item, in their order. */
export function iterationsOf({ items, inputOf }: MapPlan, visit: Visit): Promise<Line[]> {
  const { name, inner } = visit.state;
  const [machine] = inner;
  if (machine === undefined) throw new Error(`Map state ${name} was read without its ItemProcessor`);
  return Promise.all(
    items.map(async (item, index) => {
      const iteration: Iteration = { name, index, item };
      const input = await inputOf(item, { ...visit.context, Map: mapContext(iteration) });
      return { machine, input, iteration };
    }),
  );
}

/** As AWS does, MaxConcurrency before the items. */
function planByPaths(fields: PathMap, visit: Visit): MapPlan {
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
      template === undefined ? item : applyTemplate(template, { ...scope, context }, visit.randomness),
  };
}

async function planByJsonata(fields: JsonataMap, visit: Visit): Promise<MapPlan> {
  const { Items, ItemSelector, MaxConcurrency = 0 } = fields;
  const scope = visit.jsonata();
  const evaluate = (template: Json, location: string, inScope = scope) =>
    evaluateTemplate(template, location, inScope, visit.randomness);
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
