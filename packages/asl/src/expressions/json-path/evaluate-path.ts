import { isJsonObject, type Json } from '../../json.ts';
import { holds } from './evaluate-filter.ts';
import type { Path, PathStep } from './parse-path.ts';

/** The value of the path's definite beginning, or how far it went. */
export type Found = { readonly value: Json } | { readonly missingAt: number };

/** Follows one value from step to step: what nearly every path of a workflow is. */
export function followSteps(root: Json, steps: readonly PathStep[]): Found {
  let value = root;
  for (let at = 0; at < steps.length; at++) {
    const next = oneStep(value, steps[at]);
    if (next === undefined) return { missingAt: at };
    value = next;
  }
  return { value };
}

/** Only what JSON holds itself counts: `__proto__` and `constructor` are names like others. */
function oneStep(value: Json, step: PathStep | undefined): Json | undefined {
  switch (step?.kind) {
    case 'name':
      return isJsonObject(value) && Object.hasOwn(value, step.name) ? value[step.name] : undefined;
    case 'index':
      return Array.isArray(value) ? value.at(step.index) : undefined;
    case 'members':
      return isJsonObject(value)
        ? Object.fromEntries(Object.entries(value).filter(([name]) => step.names.includes(name)))
        : undefined;
    case 'length':
      if (Array.isArray(value)) return value.length;
      return isJsonObject(value) ? Object.keys(value).length : undefined;
    default:
      return undefined;
  }
}

/** All values that the steps lead to, in document order; what does not fit a step is left out. */
export function collectSteps(start: Json, steps: readonly PathStep[], root: Json): Json[] {
  let values: Json[] = [start];
  for (let at = 0; at < steps.length; at++) {
    const step = steps[at];
    if (step === undefined) break;
    values =
      step.kind === 'descent'
        ? values.flatMap(withDescendants)
        : values.flatMap((value) => manySteps(value, step, root));
  }
  return values;
}

function manySteps(value: Json, step: PathStep, root: Json): readonly Json[] {
  switch (step.kind) {
    case 'wildcard':
      return childrenOf(value);
    case 'names':
      return step.names.flatMap((name) => oneOrNone(oneStep(value, { kind: 'name', name })));
    case 'indices':
      return step.indices.flatMap((index) => oneOrNone(oneStep(value, { kind: 'index', index })));
    case 'slice':
      return Array.isArray(value) ? value.slice(step.from ?? 0, step.to) : [];
    case 'filter':
      // A list is filtered by its items; an object, as in Jayway, is itself kept or dropped.
      return (Array.isArray(value) ? value : isJsonObject(value) ? [value] : []).filter((item: Json) =>
        holds(step.condition, (path) => readIn(path, item, root)),
      );
    default:
      return oneOrNone(oneStep(value, step));
  }
}

/** The value of a filter's path: undefined where there is none. */
function readIn(path: Path, current: Json, root: Json): Json | undefined {
  const found = followSteps(path.root === '@' ? current : root, path.definiteSteps);
  if (!('value' in found)) return undefined;
  if (path.indefiniteSteps.length === 0) return found.value;
  return collectSteps(found.value, path.indefiniteSteps, root);
}

function oneOrNone(value: Json | undefined): readonly Json[] {
  return value === undefined ? [] : [value];
}

function childrenOf(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value;
  return isJsonObject(value) ? Object.values(value) : [];
}

/** The value and all below it, each before its children. By a list of its own: input may be nested deeper than the stack is. */
function withDescendants(top: Json): Json[] {
  const found: Json[] = [];
  const waiting: Json[] = [top];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    found.push(value);
    for (const child of childrenOf(value).toReversed()) waiting.push(child);
  }
  return found;
}
