import { notImplemented } from '../../errors.ts';
import type { Checked, Expression } from './dynalite.ts';

/**
 * dynalite finds a list or a map equal to nothing, not even to its own like. A condition that has one among its values is
 * refused; one that compares two attributes cannot be told from the request (differences.md).
 */
export function refuseDocuments(operationName: string, request: Checked): void {
  for (const parsed of [request._condition, request._filter]) {
    if (parsed !== undefined && comparesDocument(parsed.expression)) throw refused(operationName);
  }
  const expected: unknown = request['Expected'];
  for (const condition of Object.values(isObject(expected) ? expected : {})) {
    if (!isObject(condition)) continue;
    const { Value, AttributeValueList } = condition;
    const values: unknown[] = Array.isArray(AttributeValueList) ? AttributeValueList : [Value];
    if (values.some(isDocument)) throw refused(operationName);
  }
}

function comparesDocument({ args = [] }: Expression): boolean {
  return args.some((arg) => isDocument(arg) || ('args' in arg && comparesDocument(arg)));
}

function isDocument(value: unknown): boolean {
  return isObject(value) && !Array.isArray(value) && ('L' in value || 'M' in value);
}

function refused(operationName: string): Error {
  return notImplemented('dynamodb', operationName, 'comparison with a list or a map');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
