import { notImplemented } from '../../errors.ts';
import type { Wire } from './dynalite.ts';
import { invalid } from './errors.ts';

const MAX_SIZE_BYTES = 4096;
/**
 * dynalite's parser reads a character about three times for each pair of parentheses that it is in. So many readings take
 * about half a second, in which nothing else is served; ten levels would take minutes.
 */
const MAX_READINGS = 50_000;
const READINGS_PER_LEVEL = 3;

const EXPRESSIONS = [
  'ConditionExpression',
  'FilterExpression',
  'KeyConditionExpression',
  'ProjectionExpression',
  'UpdateExpression',
] as const;

/** Asked before they are parsed. */
export function checkExpressions(operationName: string, request: Wire): void {
  for (const name of EXPRESSIONS) {
    const expression = request[name];
    if (typeof expression !== 'string') continue;
    const sizeBytes = Buffer.byteLength(expression);
    if (sizeBytes > MAX_SIZE_BYTES) {
      throw invalid(
        `Invalid ${name}: Expression size has exceeded the maximum allowed size; expression size: ${sizeBytes}`,
      );
    }
    if (readings(expression) > MAX_READINGS) {
      throw notImplemented('dynamodb', operationName, `${name} with so many nested parentheses`);
    }
  }
}

function readings(expression: string): number {
  let perCharacter = 1;
  let sum = 0;
  for (const character of expression) {
    if (character === '(') perCharacter *= READINGS_PER_LEVEL;
    if (character === ')') perCharacter = Math.max(1, perCharacter / READINGS_PER_LEVEL);
    sum += perCharacter;
  }
  return sum;
}
