import { randomBytes, randomUUID } from 'node:crypto';
import type { FrontAnswer, FrontRequest } from '../../../server/http-front.ts';
import { hasHeader, remapped } from './answer-headers.ts';
import { type Call, type Gateway, MAXIMUM_BODY_BYTES } from './call.ts';
import { callFunction, type FunctionOutcome } from './call-function.ts';
import { eventV1 } from './event-v1.ts';
import { segmentsOf } from './path-router.ts';
import { type ProxyAnswer, readRestAnswer } from './proxy-answer.ts';
import { decodeQuery } from './query.ts';
import { encodeBody, isBinaryType } from './request-body.ts';
import { valuesOf } from './request-headers.ts';
import type { ServedMethod, ServedRestApi, ServedRestStage } from './served-apis.ts';

/** An answer of the gateway's own: AWS's status, error type and text for REST APIs, blanks included. */
const REFUSALS = {
  badRequest: [400, 'BadRequestException', '{"message":"Bad Request"}'],
  forbidden: [403, 'ForbiddenException', '{"message":"Forbidden"}'],
  noMethod: [403, 'MissingAuthenticationTokenException', '{"message":"Missing Authentication Token"}'],
  tooLarge: [413, 'RequestTooLargeException', '{"message":"Request Too Long"}'],
  throttled: [429, 'TooManyRequestsException', '{"message":"Too Many Requests"}'],
  internal: [500, 'InternalServerErrorException', '{"message": "Internal server error"}'],
  malformed: [502, 'InternalServerErrorException', '{"message": "Internal server error"}'],
  timedOut: [504, 'InternalServerErrorException', '{"message": "Endpoint request timed out"}'],
} as const;
type Refusal = keyof typeof REFUSALS;

/** One request to a REST API. `rawPath` is what follows the API's id. */
export async function serveRestApi(
  gateway: Gateway,
  api: ServedRestApi,
  request: FrontRequest,
  rawPath: string,
): Promise<FrontAnswer> {
  const ids = { requestId: randomUUID(), extendedRequestId: `${randomBytes(11).toString('base64url')}=` };
  const answer = await answerOf(gateway, api, request, rawPath, ids);
  return written(answer, ids);
}

/** What AWS answers for an id that no API has. */
export function unknownApi(): FrontAnswer {
  return written('forbidden', { requestId: randomUUID(), extendedRequestId: '' });
}

interface RequestIds {
  readonly requestId: string;
  readonly extendedRequestId: string;
}

interface DecodedAnswer extends Omit<ProxyAnswer, 'body' | 'isBase64Encoded'> {
  readonly body: string | Buffer;
}

function written(answer: DecodedAnswer | Refusal, { requestId, extendedRequestId }: RequestIds): FrontAnswer {
  const own = [['x-amzn-RequestId', requestId] as const, ['x-amz-apigw-id', extendedRequestId] as const];
  if (typeof answer === 'string') {
    const [status, errorType, body] = REFUSALS[answer];
    return {
      status,
      headers: [['Content-Type', 'application/json'], ['x-amzn-ErrorType', errorType], ...own],
      body,
    };
  }
  const headers = remapped(answer.headers);
  return {
    status: answer.status,
    headers: [
      ...(hasHeader(headers, 'content-type') ? [] : [['Content-Type', 'application/json'] as const]),
      ...headers,
      ...own,
    ],
    body: answer.body,
  };
}

async function answerOf(
  gateway: Gateway,
  api: ServedRestApi,
  request: FrontRequest,
  rawPath: string,
  ids: RequestIds,
): Promise<DecodedAnswer | Refusal> {
  const [, stageName = '', rest = ''] = /^\/*([^/]*)(\/.*)?$/s.exec(rawPath) ?? [];
  const stage = api.stages.get(stageName);
  if (stage === undefined) return 'forbidden';
  // As recorded: slashes before the path are one, a slash after it belongs to no resource, and nothing is decoded.
  const path = `/${rest.replace(/^\/+/, '')}`;
  const query = decodeQuery(request.rawQuery);
  if (query === undefined) return 'badRequest';
  const match = stage.router.match(request.method, segmentsOf(path === '/' ? path : path.replace(/\/$/, '')));
  if (match === undefined) return 'noMethod';
  const { target: method } = match;

  const atMs = gateway.cloud.clock.now();
  const bucket = `${api.id}/${stage.name}/${method.path}/${method.name}`;
  if (!gateway.throttle.allows(bucket, method.throttling, atMs)) return 'throttled';
  const bytes = await request.readBody(MAXIMUM_BODY_BYTES);
  if (bytes === undefined) return 'tooLarge';
  // Lambda is invoked by POST; another method is what AWS calls a configuration error.
  if (method.httpMethod !== 'POST') return 'internal';

  const call: Call = {
    request,
    accountId: gateway.cloud.accountId,
    region: gateway.cloud.region,
    apiId: api.id,
    stageName,
    variables: stage.variables,
    requestId: ids.requestId,
    atMs,
  };
  const resource = {
    resource: method.path,
    resourceId: method.resourceId,
    path,
    pathWithStage: `/${stageName}${rest}`,
    parameters: match.parameters,
    query,
    extendedRequestId: ids.extendedRequestId,
  };
  const isBinary = isBinaryType(stage.binaryMediaTypes, valuesOf(request, 'content-type')[0]);
  const event = eventV1(call, resource, encodeBody(bytes, isBinary), { deploymentId: stage.deploymentId });
  const outcome = await callFunction(gateway, method, sourceArn(call, method), event, request.signal);
  return readOutcome(outcome, stage, request);
}

/** What a function's policy must allow: the API, the stage, the method and the resource's own path. */
function sourceArn({ region, accountId, apiId, stageName, request }: Call, { path }: ServedMethod): string {
  return `arn:aws:execute-api:${region}:${accountId}:${apiId}/${stageName}/${request.method}${path}`;
}

function readOutcome(
  outcome: FunctionOutcome,
  stage: ServedRestStage,
  request: FrontRequest,
): DecodedAnswer | Refusal {
  switch (outcome.kind) {
    case 'answered': {
      const answer = readRestAnswer(outcome.payload);
      if (answer === undefined) return 'malformed';
      const { status, headers, body, isBase64Encoded } = answer;
      // As recorded: base64 stays text unless the client's first Accept is one of the binary media types.
      const isBinary =
        isBase64Encoded && isBinaryType(stage.binaryMediaTypes, valuesOf(request, 'accept')[0]);
      return { status, headers, body: isBinary ? Buffer.from(body, 'base64') : body };
    }
    case 'failed':
      return 'malformed';
    case 'refused':
    case 'throttled':
      return 'internal';
    case 'too-large':
      return 'tooLarge';
    case 'timed-out':
      return 'timedOut';
  }
}
