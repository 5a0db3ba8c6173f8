import type { FieldsOf } from '../definition/state-fields.ts';
import { effectiveInput, leave, type Step } from '../interpreter/data-flow.ts';
import type { Visit } from '../interpreter/visit.ts';

/** Ends its line with its input, or Output. */
export async function runSucceed(fields: FieldsOf<'Succeed'>, visit: Visit): Promise<Step> {
  return leave(fields, await effectiveInput(fields, visit), visit);
}
