import type { Json, JsonObject } from '@skyground/asl';

/** JSON text; text that is none is taken as a string. */
export function readJson(text: string): Json {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

/** Throws a SyntaxError for what is not JSON. */
export function parseJson(text: string): Json {
  return JSON.parse(text);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
