import { randomBytes, randomUUID } from 'node:crypto';
import type { Json } from '@skyground/asl';
import { z } from 'zod';
import type { FunctionAnswer, FunctionInvoker, OperationCaller } from '../../../server/ports.ts';
import { isObject, parseJson, readJson } from '../read-json.ts';
import type { Integration } from './integration.ts';
import { checkFunctionAnswer, invokeFailure } from './lambda-failure.ts';
import { parameterProblems } from './parameters.ts';
import { sdkMetadata } from './sdk-metadata.ts';

const parameters = z.strictObject({
  FunctionName: z.string(),
  Payload: z.json().optional(),
  Qualifier: z.string().optional(),
  InvocationType: z.enum(['RequestResponse', 'Event', 'DryRun']).optional(),
  LogType: z.enum(['None', 'Tail']).optional(),
  /** Base64 of a JSON object. */
  ClientContext: z.string().optional(),
});
type Parameters = z.output<typeof parameters>;

/** `arn:aws:states:::lambda:invoke`: Invoke with its answer, and what AWS tells of the HTTP exchange. */
export function lambdaInvoke(functions: FunctionInvoker, operations: OperationCaller): Integration {
  const names = { known: new Set(Object.keys(parameters.shape)), required: ['FunctionName'] };
  return {
    parameters: names,
    problems: (input) => parameterProblems(input, names, parameters),
    run: async ({ input }, signal) => {
      const asked = parameters.parse(input);
      const requestId = randomUUID();
      try {
        const answer = isPlain(asked)
          ? await functions.invoke(functionOf(asked), payloadText(asked.Payload), signal)
          : await invokeOtherwise(operations, asked, requestId);
        checkFunctionAnswer(answer, rewritten);
        return answerShape(answer, asked.InvocationType);
      } catch (error) {
        throw invokeFailure(error, requestId);
      }
    },
  };
}

/** What the port does without a detour through the operation. */
function isPlain({ InvocationType, ClientContext, LogType }: Parameters): boolean {
  return (
    (InvocationType ?? 'RequestResponse') === 'RequestResponse' &&
    ClientContext === undefined &&
    LogType !== 'Tail'
  );
}

function functionOf({ FunctionName, Qualifier }: Parameters): string {
  return Qualifier === undefined ? FunctionName : `${FunctionName}:${Qualifier}`;
}

/** As recorded: a string that is JSON is the event itself; what is missing or null is an empty object. */
function payloadText(payload: Json | undefined): string {
  if (payload === undefined || payload === null) return '{}';
  if (typeof payload !== 'string') return JSON.stringify(payload);
  try {
    parseJson(payload);
    return payload;
  } catch {
    return JSON.stringify(payload);
  }
}

const invokeOutput = z.looseObject({
  Payload: z.instanceof(Uint8Array).optional(),
  FunctionError: z.string().optional(),
  ExecutedVersion: z.string().optional(),
  LogResult: z.string().optional(),
});

interface InvokeAnswer extends FunctionAnswer {
  /** Base64 of the last 4 KB of the log, if they were asked for. */
  readonly logResult?: string | undefined;
}

async function invokeOtherwise(
  operations: OperationCaller,
  asked: Parameters,
  requestId: string,
): Promise<InvokeAnswer> {
  const Payload = Buffer.from(payloadText(asked.Payload));
  const output = invokeOutput.parse(
    await operations.call('lambda', 'Invoke', { ...asked, Payload }, requestId),
  );
  return {
    payload: Buffer.from(output.Payload ?? []).toString('utf8'),
    isFunctionError: output.FunctionError !== undefined,
    executedVersion: output.ExecutedVersion ?? '$LATEST',
    requestId,
    logResult: output.LogResult,
  };
}

const STATUS = { RequestResponse: 200, Event: 202, DryRun: 204 } as const;

/** Members in the order of the recordings. An event that was only accepted has neither version nor payload. */
function answerShape(
  { payload, executedVersion, requestId, logResult }: InvokeAnswer,
  invocationType: Parameters['InvocationType'] = 'RequestResponse',
): Json {
  const isDone = invocationType === 'RequestResponse';
  const StatusCode = STATUS[invocationType];
  const metadata = sdkMetadata(
    {
      ...(isDone && { 'X-Amz-Executed-Version': executedVersion }),
      'x-amzn-Remapped-Content-Length': '0',
      Connection: 'keep-alive',
      'Content-Length': String(Buffer.byteLength(payload)),
      'X-Amzn-Trace-Id': `Root=1-${randomBytes(4).toString('hex')}-${randomBytes(12).toString('hex')};Sampled=0`,
      'Content-Type': 'application/json',
    },
    requestId,
    StatusCode,
  );
  if (!isDone) return { Payload: '', ...metadata, StatusCode };
  return {
    ExecutedVersion: executedVersion,
    ...(logResult !== undefined && { LogResult: logResult }),
    Payload: readJson(payload),
    ...metadata,
    StatusCode,
  };
}

function rewritten(payload: string): string {
  const document = readJson(payload);
  return isObject(document) ? JSON.stringify(document) : payload;
}
