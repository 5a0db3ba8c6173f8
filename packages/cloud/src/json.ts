import type { Json, JsonObject } from '@skyground/asl';

/** Here as well, because asl's own would load the interpreter with it. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
