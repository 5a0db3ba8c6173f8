import { randomUUID } from 'node:crypto';
import { type Clock, type Json, StatesError, type TaskCall, type TaskRunner } from '../../src/index.ts';
import { isJsonObject } from '../../src/json.ts';
import type { Behaviour } from './recorded-cases.ts';

/** Plays the Lambda functions that a recording describes, called by their ARN or through lambda:invoke. */
export function recordedFunctions(behaviours: Readonly<Record<string, Behaviour>>, clock: Clock): TaskRunner {
  const behaviourOf = (name: string) => {
    const short = name.split(':').at(-1) ?? name;
    if (Object.hasOwn(behaviours, short)) return behaviours[short];
    throw new StatesError('Lambda.ResourceNotFoundException', 'Function not found');
  };
  return {
    async run(call: TaskCall, signal: AbortSignal): Promise<Json> {
      if (!call.resource.includes(':::lambda:invoke')) {
        return JSON.parse(await play(behaviourOf(call.resource), call.input, ', ', clock, signal));
      }
      if (!isJsonObject(call.input))
        throw new StatesError('States.Runtime', 'lambda:invoke without parameters');
      const { FunctionName, Payload = null } = call.input;
      const event = typeof Payload === 'string' ? JSON.parse(Payload) : (Payload ?? {});
      const text = await play(behaviourOf(String(FunctionName)), event, ',', clock, signal);
      return invokeAnswer(text);
    },
  };
}

async function play(
  behaviour: Behaviour | undefined,
  event: Json,
  separator: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<string> {
  switch (behaviour?.kind) {
    case 'echo':
      if (behaviour.sleep_seconds > 0) await clock.sleep(behaviour.sleep_seconds * 1000, signal);
      return JSON.stringify(event);
    case 'return':
      return JSON.stringify(behaviour.value);
    case 'return_bytes':
      return behaviour.text;
    case 'return_repeated_bytes':
      return JSON.stringify(behaviour.text.repeat(behaviour.count));
    case 'raise': {
      const { type, message } = behaviour;
      const stack = `  File "/var/task/handler.py", line 2, in handler\n    raise ${type}("${message}")\n`;
      const cause = { errorMessage: message, errorType: type, requestId: randomUUID(), stackTrace: [stack] };
      throw new StatesError(type, JSON.stringify(cause).replaceAll('","', `"${separator}"`));
    }
    default:
      throw new Error(`no player for the function ${JSON.stringify(behaviour)}`);
  }
}

function invokeAnswer(payload: string): Json {
  return {
    ExecutedVersion: '$LATEST',
    Payload: JSON.parse(payload),
    SdkHttpMetadata: {
      AllHttpHeaders: {
        'X-Amz-Executed-Version': ['$LATEST'],
        'x-amzn-Remapped-Content-Length': ['0'],
        Connection: ['keep-alive'],
        'x-amzn-RequestId': [randomUUID()],
        'Content-Length': [String(Buffer.byteLength(payload))],
        Date: ['date'],
        'X-Amzn-Trace-Id': ['trace'],
        'Content-Type': ['application/json'],
      },
      HttpHeaders: {
        Connection: 'keep-alive',
        'Content-Length': String(Buffer.byteLength(payload)),
        'Content-Type': 'application/json',
        Date: 'date',
        'X-Amz-Executed-Version': '$LATEST',
        'x-amzn-Remapped-Content-Length': '0',
        'x-amzn-RequestId': randomUUID(),
        'X-Amzn-Trace-Id': 'trace',
      },
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: randomUUID() },
    StatusCode: 200,
  };
}
