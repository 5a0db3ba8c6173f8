import { checkGenerally } from './general-check.ts';
import { type ParsedDefinition, readDefinition } from './read-definition.ts';

/** Enough for every machine of a session; the check of one takes tens of milliseconds. */
const CACHED_DEFINITIONS = 256;
const cache = new Map<string, ParsedDefinition>();

/** Reads a definition's JSON text. Cached: the same text is checked once. */
export function parseDefinition(text: string): ParsedDefinition {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const parsed = readDefinition(text, checkGenerally);
  const [oldest] = cache.keys();
  if (cache.size >= CACHED_DEFINITIONS && oldest !== undefined) cache.delete(oldest);
  cache.set(text, parsed);
  return parsed;
}
