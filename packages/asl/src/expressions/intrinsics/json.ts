import type { Json } from '../../json.ts';
import { inHashOrder } from '../java-hash-order.ts';
import type { Arguments } from './intrinsic-function.ts';

/** Text without a value is null, as Step Functions answers. */
export function stringToJson(given: Arguments): Json {
  const text = given.text(0);
  if (text.trim() === '') return null;
  const value = parseJson(text);
  if (value === undefined) throw given.invalid();
  return value;
}

export function parseJson(text: string): Json | undefined {
  try {
    // JSON.parse gives JSON, by definition.
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

export function jsonToString(given: Arguments): Json {
  return JSON.stringify(given.any(0));
}

/** Shallow only: Step Functions refuses the deep merge that the third argument could ask for. */
export function jsonMerge(given: Arguments): Json {
  if (given.any(2) === true) throw given.invalid();
  const members = new Map([...Object.entries(given.object(0)), ...Object.entries(given.object(1))]);
  return Object.fromEntries(inHashOrder([...members], ([name]) => name));
}
