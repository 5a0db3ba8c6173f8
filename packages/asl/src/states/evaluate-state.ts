import type { FieldsOf } from '../definition/state-fields.ts';
import type { Step } from '../interpreter/data-flow.ts';
import type { Visit } from '../interpreter/visit.ts';
import { runChoice } from './choice.ts';
import { runFail } from './fail.ts';
import { runPass } from './pass.ts';
import { runSucceed } from './succeed.ts';

/** The states that are nothing but data flow: nobody has to work or to wait for them. */
export function evaluateState(
  fields: FieldsOf<'Pass' | 'Choice' | 'Succeed' | 'Fail'>,
  visit: Visit,
): Step | Promise<Step> {
  switch (fields.Type) {
    case 'Pass':
      return runPass(fields, visit);
    case 'Choice':
      return runChoice(fields, visit);
    case 'Succeed':
      return runSucceed(fields, visit);
    case 'Fail':
      return runFail(fields, visit);
  }
}
