import { readResource } from '../definition/resource.ts';
import type { FieldsOf } from '../definition/state-fields.ts';
import { isExpression } from '../expressions/jsonata.ts';
import { isJsonObject, type Json } from '../json.ts';

/** The members of `lambda:invoke` that a call from one function to another has as well. */
const INVOKE_MEMBERS: ReadonlySet<string> = new Set(['FunctionName', 'Payload', 'Payload.$']);

/** The name or ARN of the function that does the task's work; undefined where that is none, or is not known before it runs. */
export function functionNameOf(fields: FieldsOf<'Task'>): string | undefined {
  if (readResource(fields.Resource).kind === 'function') return fields.Resource;
  if (!isInvoke(fields.Resource)) return undefined;
  const given = fields.QueryLanguage === 'JSONata' ? fields.Arguments : fields.Parameters;
  if (!isJsonObject(given) || !Object.keys(given).every((member) => INVOKE_MEMBERS.has(member)))
    return undefined;
  const name = given['FunctionName'];
  return typeof name === 'string' && !isExpression(name) ? name : undefined;
}

/** What the function gets, of the effective input. `lambda:invoke` takes a text that is JSON for the event itself. */
export function eventOf({ Resource }: FieldsOf<'Task'>, input: Json): Json {
  if (!isInvoke(Resource)) return input;
  const payload = isJsonObject(input) ? input['Payload'] : undefined;
  if (payload === undefined || payload === null) return {};
  if (typeof payload !== 'string') return payload;
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}

/** The task's result, of what the function answered; `lambda:invoke` without what Step Functions tells of the HTTP exchange. */
export function resultOf({ Resource }: FieldsOf<'Task'>, answer: Json): Json {
  return isInvoke(Resource) ? { ExecutedVersion: '$LATEST', Payload: answer, StatusCode: 200 } : answer;
}

function isInvoke(arn: string): boolean {
  const resource = readResource(arn);
  return resource.kind === 'integration' && resource.service === 'lambda' && resource.action === 'invoke';
}
