import type { FieldsOf } from '../definition/state-fields.ts';
import { effectiveInput, leave, type Step } from '../interpreter/data-flow.ts';
import type { Visit } from '../interpreter/visit.ts';

/** Its result is what Result holds, else its input. */
export function runPass(fields: FieldsOf<'Pass'>, visit: Visit): Step | Promise<Step> {
  const input = effectiveInput(fields, visit);
  if (input instanceof Promise) return input.then((value) => leave(fields, value, visit));
  const constant = fields.QueryLanguage === 'JSONPath' ? fields.Result : undefined;
  return leave(fields, constant === undefined ? input : constant, visit);
}
