import { isJsonObject, type Json } from '../json.ts';
import type { JsonataScope, ReadGuard } from './scope.ts';

/** A place that an expression names: a variable, without `$`, and members below it. */
export interface Read {
  readonly root: string;
  readonly names: readonly string[];
}

export interface Reads {
  /** Every place, as far as plain names lead. */
  readonly places: readonly Read[];
  /** Where the whole expression is one place and nothing else. */
  readonly onlyPlace: Read | undefined;
}

/** What an expression reads, of the tree that JSONata makes of it. Of a tree of another form than expected: too much rather than too little. */
export function readsOf(tree: unknown): Reads {
  const places: Read[] = [];
  collect(tree, places);
  return { places, onlyPlace: onlyPlaceOf(tree) };
}

function collect(node: unknown, places: Read[]): void {
  if (typeof node !== 'object' || node === null) return;
  const place = placeOf(node);
  if (place !== undefined) places.push(place);
  for (const [key, part] of Object.entries(node)) {
    // The name of a function that is called is a variable to JSONata.
    if (key === 'procedure' && variableOf(part) !== undefined) continue;
    if (key === 'steps' && place !== undefined) collect(stepsOf(node).slice(1), places);
    else collect(part, places);
  }
}

function placeOf(node: object): Read | undefined {
  const variable = variableOf(node);
  if (variable !== undefined) return { root: variable, names: [] };
  const [first, ...rest] = stepsOf(node);
  const root = variableOf(first);
  if (root === undefined) return undefined;
  const names: string[] = [];
  for (const step of rest) {
    const name = nameOf(step);
    if (name === undefined) break;
    names.push(name);
    if (!isPlain(step)) break;
  }
  return { root, names };
}

function onlyPlaceOf(tree: unknown): Read | undefined {
  if (typeof tree !== 'object' || tree === null || !isPlain(tree)) return undefined;
  const place = placeOf(tree);
  const steps = stepsOf(tree);
  return steps.every(isPlain) && place?.names.length === Math.max(steps.length - 1, 0) ? place : undefined;
}

/** Whether a node says nothing but what it is. */
function isPlain(node: unknown): boolean {
  return (
    typeof node === 'object' &&
    node !== null &&
    Object.keys(node).every((key) => ['type', 'value', 'position', 'steps'].includes(key))
  );
}

function stepsOf(node: object): readonly unknown[] {
  return 'steps' in node && Array.isArray(node.steps) ? node.steps : [];
}

function variableOf(node: unknown): string | undefined {
  return textOf(node, 'variable');
}

function nameOf(node: unknown): string | undefined {
  return textOf(node, 'name');
}

function textOf(node: unknown, type: string): string | undefined {
  if (typeof node !== 'object' || node === null || !('type' in node) || node.type !== type) return undefined;
  return 'value' in node && typeof node.value === 'string' ? node.value : undefined;
}

/**
 * Where some data is not there yet: the value of an expression that only names a place, without JSONata, which would look inside.
 * Any other expression asks for all that it reads, and is then left to JSONata.
 */
export function placedValue(
  { places, onlyPlace }: Reads,
  scope: JsonataScope,
  guard: ReadGuard,
): Json | undefined {
  for (const { root, names } of places) {
    // Variables are assigned only what is there.
    if (root !== 'states') continue;
    const { states } = scope;
    let value: Json = { ...states };
    let isThere = true;
    for (const name of names) {
      isThere = isJsonObject(value) && Object.hasOwn(value, name);
      const member: Json | undefined = isJsonObject(value) && isThere ? value[name] : undefined;
      if (member === undefined) break;
      value = member;
    }
    if (onlyPlace !== undefined && isThere && names.length > 0) return value;
    guard(value);
  }
  return undefined;
}
