import { RuntimeFault, StatesError } from '../errors.ts';
import { isJsonObject, type Json } from '../json.ts';
import { followSteps } from './json-path/evaluate-path.ts';
import type { PathStep } from './json-path/parse-path.ts';
import { parsePathOrFault, readPath } from './json-path.ts';
import type { PathScope } from './scope.ts';

/**
 * ResultPath: a copy of target in which the place that the path names holds value. Objects that are missing are made; nothing is
 * changed in place. The specification calls a place that cannot be written States.ResultPathMatchFailure; Step Functions itself
 * says States.ReferencePathConflict.
 */
export function writePath(target: Json, path: string, value: Json): Json {
  const { root, steps } = parsePathOrFault(path);
  if (root !== '$')
    throw new RuntimeFault(`Invalid path '${path}' : a place to write to begins with '$.', got ${root}`);
  const conflict = () =>
    new StatesError(
      'States.ReferencePathConflict',
      `Unable to apply ReferencePath ${path} to input ${JSON.stringify(target)}`,
    );
  return write(target, steps, 0, value, conflict);
}

/** Undefined stands for what is missing. The path is as deep as its text is long: 100 steps are more than any workflow has. */
function write(
  at: Json | undefined,
  steps: readonly PathStep[],
  depth: number,
  value: Json,
  conflict: () => StatesError,
): Json {
  const step = steps[depth];
  if (step === undefined) return value;
  const below = (child: Json | undefined) => write(child, steps, depth + 1, value, conflict);
  if (step.kind === 'name' && (at === undefined || isJsonObject(at))) {
    const object = at ?? {};
    // A computed member and a spread define members, they never set a prototype: `__proto__` is data.
    return {
      ...object,
      [step.name]: below(Object.hasOwn(object, step.name) ? object[step.name] : undefined),
    };
  }
  if (step.kind === 'index' && Array.isArray(at) && step.index >= 0 && step.index < at.length) {
    return at.with(step.index, below(at[step.index]));
  }
  throw conflict();
}

/**
 * ItemsPath: as readPath, but a member that is not there is States.ReferencePathConflict, which names the step and all of the
 * input.
 */
export function readReferencePath(path: string, scope: PathScope): Json {
  const { root, steps } = parsePathOrFault(path);
  const whole = root === '$' ? scope.input : readPath(root, scope);
  const found = followSteps(whole, steps);
  if ('value' in found) return found.value;
  const step = steps[found.missingAt];
  if (step?.kind !== 'name') return readPath(path, scope);
  throw new StatesError(
    'States.ReferencePathConflict',
    `Unable to apply step "${step.name}" to input ${JSON.stringify(whole)}`,
  );
}
