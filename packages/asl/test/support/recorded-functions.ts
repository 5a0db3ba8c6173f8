import { randomUUID } from 'node:crypto';
import { type Clock, type Json, StatesError, type TaskRunner } from '../../src/index.ts';
import { isJsonObject } from '../../src/json.ts';
import type { Behaviour } from './recorded-cases.ts';

const FUNCTION_PREFIX = 'arn:aws:lambda:us-east-1:111111111111:function:';

/** Plays the Lambda functions that a recording describes, called by their ARN or through lambda:invoke. */
export function recordedFunctions(behaviours: Readonly<Record<string, Behaviour>>, clock: Clock): TaskRunner {
  return {
    async run(call, signal) {
      const isInvoke = call.resource.endsWith(':::lambda:invoke');
      const parameters = isInvoke && isJsonObject(call.input) ? call.input : {};
      const name = String(isInvoke ? (parameters['FunctionName'] as string) : call.resource).replace(
        FUNCTION_PREFIX,
        '',
      );
      const behaviour = behaviours[name] ?? noSuchFunction(name);
      if ('sleep_seconds' in behaviour) await clock.sleep(behaviour.sleep_seconds * 1000, signal);
      const payload = isInvoke ? (parameters['Payload'] ?? {}) : call.input;
      // A text given to lambda:invoke is the JSON that the function gets.
      const event = isInvoke && typeof payload === 'string' ? payload : pythonJson(payload);
      const answer = play(behaviour, event, isInvoke);
      return isInvoke ? invokeAnswer(answer) : JSON.parse(answer);
    },
  };
}

/** What the function answers, as JSON text. */
function play(behaviour: Behaviour, event: string, isInvoke: boolean): string {
  switch (behaviour.kind) {
    case 'echo':
      return event;
    case 'return':
      return pythonJson(behaviour.value);
    case 'return_bytes':
      return behaviour.text;
    case 'return_repeated_bytes':
      return JSON.stringify(behaviour.text.repeat(behaviour.count));
    case 'raise': {
      const { type: errorType, message: errorMessage } = behaviour;
      const cause = { errorMessage, errorType, requestId: randomUUID(), stackTrace: [] };
      throw new StatesError(errorType, isInvoke ? JSON.stringify(cause) : pythonJson(cause));
    }
    case 'return_format':
      throw new Error(`nobody plays the function ${JSON.stringify(behaviour)} yet`);
  }
}

function noSuchFunction(name: string): never {
  throw new StatesError(
    'Lambda.ResourceNotFoundException',
    `Function not found: ${FUNCTION_PREFIX}${name}:$LATEST (Service: AWSLambda; Status Code: 404; Error Code: ResourceNotFoundException; Request ID: ${randomUUID()}; Proxy: null)`,
  );
}

/** Python's json.dumps sets spaces. */
function pythonJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => pythonJson(item)).join(', ')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}: ${pythonJson(member)}`,
  );
  return `{${members.join(', ')}}`;
}

/** What the integration makes of Lambda's HTTP answer. */
function invokeAnswer(payload: string): Json {
  const requestId = randomUUID();
  const headers = {
    'X-Amz-Executed-Version': '$LATEST',
    'x-amzn-Remapped-Content-Length': '0',
    Connection: 'keep-alive',
    'x-amzn-RequestId': requestId,
    'Content-Length': String(Buffer.byteLength(payload)),
    Date: 'date',
    'X-Amzn-Trace-Id': 'trace',
    'Content-Type': 'application/json',
  };
  return {
    ExecutedVersion: '$LATEST',
    Payload: JSON.parse(payload),
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      HttpHeaders: headers,
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
    StatusCode: 200,
  };
}
