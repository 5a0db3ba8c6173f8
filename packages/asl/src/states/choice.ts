import type { FieldsOf } from '../definition/state-fields.ts';
import { RuntimeFault } from '../errors.ts';
import { matchesRule } from '../expressions/choice-rule.ts';
import { evaluateTemplate } from '../expressions/jsonata.ts';
import { afterInputPath, leave, leaveByJsonata, type Step } from '../interpreter/data-flow.ts';
import { expectType } from '../interpreter/expect-type.ts';
import type { Visit } from '../interpreter/visit.ts';

type ChoiceFields = FieldsOf<'Choice'>;
type JsonataChoiceFields = Extract<ChoiceFields, { QueryLanguage: 'JSONata' }>;

/** Goes where the first true rule leads, else to Default; what is assigned and put out is the rule's, else the state's. */
export function runChoice(fields: ChoiceFields, visit: Visit): Step | Promise<Step> {
  if (fields.QueryLanguage === 'JSONata') return runJsonataChoice(fields, visit);
  const input = afterInputPath(fields, visit);
  const scope = visit.paths(input);
  const chosen = fields.Choices.find((choice) => matchesRule(choice.rule, scope));
  const next = chosen?.Next ?? fields.Default ?? noNextState();
  return leave({ ...fields, Assign: (chosen ?? fields).Assign }, input, visit, next);
}

async function runJsonataChoice(fields: JsonataChoiceFields, visit: Visit): Promise<Step> {
  for (const [index, choice] of fields.Choices.entries()) {
    const place = `Choices[${index}]/`;
    if (await isTrue(choice.Condition, `${place}Condition`, visit)) {
      return leaveByJsonata(choice, choice.Next, visit.input, visit, undefined, place);
    }
  }
  return leaveByJsonata(fields, fields.Default ?? noNextState(), visit.input, visit);
}

async function isTrue(condition: string | boolean, location: string, visit: Visit): Promise<boolean> {
  if (typeof condition === 'boolean') return condition;
  const value = await evaluateTemplate(condition, location, visit.jsonata(), visit.randomness);
  return expectType('boolean', value, condition, location);
}

function noNextState(): never {
  throw new RuntimeFault('Failed to transition out of the state. The state does not point to a next state.');
}
