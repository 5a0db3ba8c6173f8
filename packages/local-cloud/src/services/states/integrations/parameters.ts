import type { Json } from '@skyground/asl';
import type { z } from 'zod';
import { isObject } from '../read-json.ts';

/** The names that the Parameters or Arguments of an integration may have and must have. */
export interface ParameterNames {
  readonly known: ReadonlySet<string>;
  readonly required: readonly string[];
}

/** What is wrong with the names that are given, in the words of AWS. */
export function nameProblems(given: readonly string[], { known, required }: ParameterNames): string[] {
  return [
    ...given.filter((name) => !known.has(name)).map(notSupported),
    ...required
      .filter((name) => !given.includes(name))
      .map((name) => `The field '${name}' is required but was missing`),
  ];
}

/** The same of the parameters with which a state runs, and of their types as a schema has them. */
export function parameterProblems(input: Json, names: ParameterNames, schema: z.ZodType): string[] {
  const given = isObject(input) ? input : {};
  const issues = schema.safeParse(given).error?.issues ?? [];
  const wrongTypes = issues.flatMap(({ path: [name] }) =>
    typeof name === 'string' && Object.hasOwn(given, name) ? [wrongType(name, 'a STRING')] : [],
  );
  return [...nameProblems(Object.keys(given), names), ...wrongTypes];
}

export function notSupported(name: string): string {
  return `The field '${name}' is not supported by Step Functions`;
}

export function wrongType(name: string, expected: string): string {
  return `The value for the field '${name}' must be ${expected}`;
}
