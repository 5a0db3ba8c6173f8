import { QueryEvaluationFault } from '../errors.ts';
import { expressionOf, isExpression } from '../expressions/jsonata.ts';
import type { Json } from '../json.ts';
import { jsonText } from './json-text.ts';

interface Types {
  readonly array: readonly Json[];
  readonly boolean: boolean;
  readonly number: number;
  readonly string: string;
}

/** The value of a JSONata field that must be of one type. `template` is the field as the definition has it. */
export function expectType<Name extends keyof Types>(
  expected: Name,
  value: Json,
  template: Json,
  location: string,
): Types[Name] {
  const type = typeOf(value);
  if (isOfType(expected, value)) return value;
  const expression =
    typeof template === 'string' && isExpression(template) ? expressionOf(template) : jsonText(template);
  throw new QueryEvaluationFault(
    location,
    `The JSONata expression '${expression}' specified for the field '${location}' returned an unexpected result type. Expected '${expected}', but was '${type}' for value: ${jsonText(value)}`,
  );
}

function isOfType<Name extends keyof Types>(expected: Name, value: Json | Types[Name]): value is Types[Name] {
  return typeOf(value) === expected;
}

/** As AWS names it in sentences. */
export function typeOf(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
