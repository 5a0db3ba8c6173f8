import type * as z from 'zod';

import { InvalidOptionsError } from './errors.ts';

/**
 * Parses options strictly. What a field expects is its description in the schema, so that every message
 * reads "expected integer between 1 and 100 for quality but received 0 of type number".
 *
 * @throws {InvalidOptionsError} which lists every unknown or wrong option.
 */
export function parseOptions<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape, z.core.$strict>,
  options: unknown,
): z.output<z.ZodObject<Shape, z.core.$strict>> {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const descriptions = new Map(
    Object.entries<z.core.$ZodType>(schema.shape).map(([name, field]) => [name, descriptionOf(field)]),
  );
  throw new InvalidOptionsError(parsed.error.issues.map((issue) => describe(issue, descriptions, options)));
}

function descriptionOf(field: z.core.$ZodType): string | undefined {
  return 'description' in field && typeof field.description === 'string' ? field.description : undefined;
}

function describe(
  issue: z.core.$ZodIssue,
  descriptions: ReadonlyMap<string, string | undefined>,
  options: unknown,
): string {
  if (issue.code === 'unrecognized_keys') {
    return `expected only ${[...descriptions.keys()].join(', ')} as options but received ${issue.keys.join(', ')}`;
  }
  const name = String(issue.path[0] ?? 'options');
  const received: unknown =
    issue.path.length === 0 ? options : Object.getOwnPropertyDescriptor(options, name)?.value;
  const shown = typeof received === 'string' ? received : JSON.stringify(received);
  return `expected ${descriptions.get(name) ?? 'an object'} for ${name} but received ${shown} of type ${typeof received}`;
}
