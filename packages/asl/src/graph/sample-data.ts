import { type Call, parseCall } from '../expressions/intrinsics/parse-call.ts';
import { type PathStep, parsePath } from '../expressions/json-path/parse-path.ts';
import { expressionOf, expressionReads, isExpression } from '../expressions/jsonata.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';

/** Data in which everything is there that some fields name. */
export interface SampleData {
  readonly input: Json;
  readonly context: JsonObject;
  readonly variables: JsonObject;
}

type Step = string | number;

/** Made of all paths in the fields; what they lead to is a leaf. */
export function sampleData(fields: readonly object[], leaf: Json): SampleData {
  const places = stringsIn(JSON.parse(JSON.stringify(fields))).flatMap(placesOf);
  const sample = places.reduce((tree, place) => withPlace(tree, place, leaf), {} as Json);
  const members = isJsonObject(sample) ? sample : {};
  const { input = {}, context = {}, variables = {} } = members;
  return {
    input,
    context: isJsonObject(context) ? context : {},
    variables: isJsonObject(variables) ? variables : {},
  };
}

function stringsIn(value: Json): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap((part: Json) => stringsIn(part))
    : [];
}

function placesOf(text: string): Step[][] {
  if (isExpression(text)) {
    return expressionReads(expressionOf(text)).places.flatMap(({ root, names }) => {
      if (root !== 'states') return [['variables', root, ...names]];
      return names[0] === 'input' || names[0] === 'context' ? [[...names]] : [];
    });
  }
  try {
    return text.startsWith('States.')
      ? pathsOf(parseCall(text)).map(placeOfPath)
      : text.startsWith('$')
        ? [placeOfPath(text)]
        : [];
  } catch (error) {
    // A constant that only looks like a path.
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function pathsOf(call: Call): string[] {
  return call.arguments.flatMap((argument) => {
    if (argument.kind === 'call') return pathsOf(argument);
    return argument.kind === 'path' ? [argument.path] : [];
  });
}

function placeOfPath(text: string): Step[] {
  const { root, definiteSteps } = parsePath(text);
  const top = root === '$' ? ['input'] : root === '$$' ? ['context'] : ['variables', root.slice(1)];
  const split = definiteSteps.findIndex((step) => stepOf(step) === undefined);
  const steps = split === -1 ? definiteSteps : definiteSteps.slice(0, split);
  return [...top, ...steps.flatMap((step) => stepOf(step) ?? [])];
}

function stepOf(step: PathStep): Step | undefined {
  if (step.kind === 'name') return step.name;
  return step.kind === 'index' && step.index >= 0 ? step.index : undefined;
}

/** The tree with the place in it; what other places need of it stays. */
function withPlace(tree: Json | undefined, [step, ...rest]: readonly Step[], leaf: Json): Json {
  if (step === undefined) return tree ?? leaf;
  if (typeof step === 'number') {
    const items = Array.isArray(tree) ? [...tree] : [];
    while (items.length <= step) items.push(leaf);
    items[step] = withPlace(rest.length === 0 ? items[step] : undefined, rest, leaf);
    return items;
  }
  const members = isJsonObject(tree) ? tree : {};
  return {
    ...members,
    [step]: withPlace(Object.hasOwn(members, step) ? members[step] : undefined, rest, leaf),
  };
}
