import { RuntimeFault } from '../errors.ts';
import type { Json } from '../json.ts';
import { collectSteps, followSteps } from './json-path/evaluate-path.ts';
import { type Path, type PathStep, parsePath } from './json-path/parse-path.ts';
import type { PathScope } from './scope.ts';

/**
 * A JSONPath as Step Functions reads it (Jayway's dialect): a definite path gives its value or undefined, one that may lead to
 * several places (wildcard, `..`, slice, union, filter) a list, empty where nothing fits. `$` is the input, `$$` the context
 * object, `$name` a variable.
 */
export function findPath(text: string, scope: PathScope): Json | undefined {
  const found = resolve(text, scope);
  return 'value' in found ? found.value : undefined;
}

/** As findPath; without a value a RuntimeFault in the words that AWS has for InputPath, OutputPath, TimeoutSecondsPath and the like. */
export function readPath(text: string, scope: PathScope): Json {
  const found = resolve(text, scope);
  if ('value' in found) return found.value;
  throw new RuntimeFault(`Invalid path '${text}' : ${found.missing}`);
}

/** Whether the path leads past the end of a list. A payload template takes that for null, AWS says, not for a fault. */
export function leadsPastEnd(text: string, scope: PathScope): boolean {
  const found = resolve(text, scope);
  return 'missing' in found && found.pastEnd;
}

type Resolved = { readonly value: Json } | { readonly missing: string; readonly pastEnd: boolean };

function resolve(text: string, scope: PathScope): Resolved {
  const path = parsePathOrFault(text);
  const root = rootValue(path.root, scope);
  if (root === undefined) return { missing: `No results for path: ${path.root}`, pastEnd: false };
  const found = followSteps(root, path.definiteSteps);
  if (path.indefiniteSteps.length === 0)
    return 'value' in found ? found : missingIn(path, found.missingAt, root);
  // Step Functions gives an empty list also where the data ends before the step that asks for several values.
  if ('missingAt' in found) return { value: [] };
  if (scope.guard !== undefined && path.indefiniteSteps.some(({ kind }) => kind === 'filter'))
    scope.guard(root);
  return { value: collectSteps(found.value, path.indefiniteSteps, root) };
}

/** The path that the text spells; any other text, which the definition's check should have refused, is a RuntimeFault. */
export function parsePathOrFault(text: string): Path {
  try {
    return parsePath(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new RuntimeFault(`Invalid path '${text}' : ${error.message}`, undefined, { cause: error });
  }
}

function rootValue(root: string, scope: PathScope): Json | undefined {
  if (root === '$') return scope.input;
  if (root === '$$') return scope.context;
  const name = root.slice(1);
  return Object.hasOwn(scope.variables, name) ? scope.variables[name] : undefined;
}

function missingIn(path: Path, at: number, root: Json): Resolved {
  const step = path.steps[at];
  const before = followSteps(root, path.definiteSteps.slice(0, at));
  const pastEnd = step?.kind === 'index' && 'value' in before && Array.isArray(before.value);
  if (at === path.steps.length - 1) {
    return { missing: `No results for path: ${canonical(path.root, path.steps)}`, pastEnd };
  }
  return {
    missing: `Missing property in path ${canonical(path.root, path.steps.slice(0, at + 1))}`,
    pastEnd,
  };
}

/** The path as Jayway writes it back: `$['a'][0]`. */
function canonical(root: string, steps: readonly PathStep[]): string {
  return root + steps.map(spell).join('');
}

/** Only definite steps can be without a value. */
function spell(step: PathStep): string {
  switch (step.kind) {
    case 'name':
      return `['${step.name}']`;
    case 'members':
      return `[${step.names.map((name) => `'${name}'`).join(',')}]`;
    case 'index':
      return `[${step.index}]`;
    default:
      return `.${step.kind}()`;
  }
}
