import type { FieldsOf } from '../definition/state-fields.ts';
import { RuntimeFault, StatesError } from '../errors.ts';
import { evaluateTemplate } from '../expressions/jsonata.ts';
import { evaluateMember } from '../expressions/payload-template.ts';
import { expectType } from '../interpreter/expect-type.ts';
import type { Visit } from '../interpreter/visit.ts';

/** Fails with Error and Cause; either may be missing. */
export async function runFail(fields: FieldsOf<'Fail'>, visit: Visit): Promise<never> {
  if (fields.QueryLanguage === 'JSONata') {
    throw new StatesError(
      await evaluateText(fields.Error, 'Error', visit),
      await evaluateText(fields.Cause, 'Cause', visit),
    );
  }
  throw new StatesError(
    fields.ErrorPath === undefined ? fields.Error : readText(fields.ErrorPath, 'ErrorPath', visit),
    fields.CausePath === undefined ? fields.Cause : readText(fields.CausePath, 'CausePath', visit),
  );
}

async function evaluateText(
  text: string | undefined,
  location: string,
  visit: Visit,
): Promise<string | undefined> {
  if (text === undefined) return undefined;
  const value = await evaluateTemplate(text, location, visit.jsonata(), visit.randomness);
  return expectType('string', value, text, location);
}

/** A path or an intrinsic function. */
function readText(path: string, field: string, visit: Visit): string {
  const value = evaluateMember(field, path, visit.paths(visit.input), visit.randomness);
  if (typeof value === 'string') return value;
  throw new RuntimeFault(`The ${field} parameter does not reference a string value: ${path}`);
}
