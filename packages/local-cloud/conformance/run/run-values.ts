import type { z } from 'zod';
import { escapeRegExp } from '../compare/escape-reg-exp.ts';

type Json = z.core.util.JSONType;

/** Texts of a recording that stand for something of the run, and what they are in this one. */
export type RunValues = ReadonlyMap<string, string>;

/** Puts run values into every text, names of members too. Longer texts first: `<name>` before `name`. */
export function withRunValues(value: Json, values: RunValues): Json {
  const names = [...values.keys()].toSorted((a, b) => b.length - a.length);
  if (names.length === 0) return value;
  const pattern = new RegExp(names.map(patternOf).join('|'), 'g');
  const replaced = (text: string) => text.replaceAll(pattern, (name) => values.get(name) ?? name);
  const visit = (part: Json): Json => {
    if (typeof part === 'string') return replaced(part);
    if (Array.isArray(part)) return part.map(visit);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, member]) => [replaced(name), visit(member)]));
  };
  return visit(value);
}

/** A name without brackets (`lambda_function_name`) only where it stands by itself: at the end of an ARN or as a whole text. */
function patternOf(name: string): string {
  const literal = escapeRegExp(name);
  return name.startsWith('<') || /^\d+$/.test(name) ? literal : `(?<![\\w<-])${literal}(?![\\w>-])`;
}

/** Placeholders that are left, which nothing of this run answers to. */
export function unknownValues(...values: Json[]): string[] {
  const found = JSON.stringify(values).match(/<[A-Za-z][\w.:-]*>/g) ?? [];
  return [...new Set(found)];
}
