import { QueryEvaluationFault, RuntimeFault } from '../errors.ts';
import { readPath } from '../expressions/json-path.ts';
import type { PathScope } from '../expressions/scope.ts';
import { expectType } from '../interpreter/expect-type.ts';
import { plainText } from '../interpreter/json-text.ts';
import type { Json } from '../json.ts';
import { readInteger } from './read-integer.ts';

/*
 * How many iterations may fail is for a distributed Map. AWS takes the fields at an inline one too, where the first failure ends the
 * Map whatever they say: they are read and must be right, no more.
 */

interface PathThreshold {
  readonly ToleratedFailureCountPath?: string | undefined;
  readonly ToleratedFailurePercentagePath?: string | undefined;
}

export function checkThresholdByPaths(fields: PathThreshold, scope: PathScope): void {
  const { ToleratedFailureCountPath: count, ToleratedFailurePercentagePath: percentage } = fields;
  if (count !== undefined) checkCount(readInteger('ToleratedFailureCountPath', count, scope));
  if (percentage === undefined) return;
  const value = readPath(percentage, scope);
  if (typeof value !== 'number') {
    throw new RuntimeFault(
      `The ToleratedFailurePercentagePath field refers to value "${plainText(value)}" which is not a valid float: ${percentage}`,
    );
  }
  checkPercentage(value);
}

interface JsonataThreshold {
  readonly ToleratedFailureCount?: number | string | undefined;
  readonly ToleratedFailurePercentage?: number | string | undefined;
}

export async function checkThresholdByJsonata(
  fields: JsonataThreshold,
  evaluate: (template: Json, location: string) => Promise<Json>,
): Promise<void> {
  const { ToleratedFailureCount: count, ToleratedFailurePercentage: percentage } = fields;
  const read = async (template: Json, location: string) =>
    expectType('number', await evaluate(template, location), template, location);
  if (count !== undefined) {
    const value = await read(count, 'ToleratedFailureCount');
    if (!Number.isInteger(value)) {
      const sentence = `The ToleratedFailureCount field cannot be parsed as an integer: ${value}`;
      throw new QueryEvaluationFault('ToleratedFailureCount', sentence);
    }
    checkCount(value);
  }
  if (percentage !== undefined) checkPercentage(await read(percentage, 'ToleratedFailurePercentage'));
}

function checkCount(count: number): void {
  if (count < 0) throw new RuntimeFault('ToleratedFailureCount cannot be negative.');
}

function checkPercentage(percentage: number): void {
  if (percentage >= 0 && percentage <= 100) return;
  throw new RuntimeFault('ToleratedFailurePercentage must be between 0 and 100.');
}
