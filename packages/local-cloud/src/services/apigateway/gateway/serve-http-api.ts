import { randomBytes } from 'node:crypto';
import type { FrontAnswer, FrontRequest } from '../../../server/http-front.ts';
import { DEFAULT_ROUTE } from '../http-api/route-key.ts';
import { hasHeader, withoutFraming } from './answer-headers.ts';
import { type Call, type Gateway, MAXIMUM_BODY_BYTES } from './call.ts';
import { callFunction, type FunctionOutcome } from './call-function.ts';
import { corsHeaders, isPreflight, withoutCors } from './cors.ts';
import { eventV1 } from './event-v1.ts';
import { eventV2, type HttpRoute } from './event-v2.ts';
import { segmentsOf } from './path-router.ts';
import { type ProxyAnswer, readAnswerV1, readAnswerV2 } from './proxy-answer.ts';
import { decoded, decodeQuery } from './query.ts';
import { encodeBody, isTextType } from './request-body.ts';
import { type HeaderLine, valuesOf } from './request-headers.ts';
import type { ServedHttpApi, ServedHttpStage, ServedRoute } from './served-apis.ts';

/** An answer of the gateway's own. AWS's texts for HTTP APIs. */
const REFUSALS = {
  badRequest: [400, 'Bad Request'],
  notFound: [404, 'Not Found'],
  tooLarge: [413, 'Request Too Long'],
  throttled: [429, 'Too Many Requests'],
  internal: [500, 'Internal Server Error'],
  unavailable: [503, 'Service Unavailable'],
} as const;
type Refusal = keyof typeof REFUSALS;

/** One request to an HTTP API. `rawPath` is what follows the API's id. */
export async function serveHttpApi(
  gateway: Gateway,
  api: ServedHttpApi,
  request: FrontRequest,
  rawPath: string,
): Promise<FrontAnswer> {
  const requestId = `${randomBytes(11).toString('base64url')}=`;
  const place = findStage(api, rawPath);
  const answer = await answerOf(gateway, api, place, request, requestId);
  const isRefusal = typeof answer === 'string';
  const cors = place?.stage.cors;
  const headers = isRefusal ? [] : withoutFraming(answer.headers);
  return {
    status: isRefusal ? REFUSALS[answer][0] : answer.status,
    headers: [
      ...(cors === undefined ? headers : withoutCors(headers)),
      ...(cors === undefined ? [] : corsHeaders(cors, request, isPreflight(request))),
      ...contentType(isRefusal, headers, isRefusal ? '' : answer.body),
      ['apigw-requestid', requestId],
    ],
    body: isRefusal ? JSON.stringify({ message: REFUSALS[answer][1] }) : bodyOf(answer),
  };
}

function contentType(isRefusal: boolean, headers: readonly HeaderLine[], body: string): HeaderLine[] {
  if (isRefusal) return [['content-type', 'application/json']];
  if (body === '' || hasHeader(headers, 'content-type')) return [];
  return [['content-type', 'text/plain; charset=utf-8']];
}

function bodyOf({ body, isBase64Encoded }: ProxyAnswer): string | Buffer {
  return isBase64Encoded ? Buffer.from(body, 'base64') : body;
}

interface Place {
  readonly stage: ServedHttpStage;
  /** Below the stage, still encoded. */
  readonly rawPath: string;
}

/** The stage that the first segment names, else $default, which is at the API's root. */
function findStage(api: ServedHttpApi, rawPath: string): Place | undefined {
  const [, name = '', rest = ''] = /^\/([^/]*)(\/.*)?$/s.exec(rawPath) ?? [];
  const named = api.stages.get(name);
  if (named !== undefined && name !== '$default') return { stage: named, rawPath: rest === '' ? '/' : rest };
  const stage = api.stages.get('$default');
  return stage === undefined ? undefined : { stage, rawPath };
}

async function answerOf(
  gateway: Gateway,
  api: ServedHttpApi,
  place: Place | undefined,
  request: FrontRequest,
  requestId: string,
): Promise<ProxyAnswer | Refusal> {
  if (place === undefined) return 'notFound';
  const { stage } = place;
  if (stage.cors !== undefined && isPreflight(request)) {
    return { status: 204, headers: [], body: '', isBase64Encoded: false };
  }
  const segments = segmentsOf(place.rawPath).map(decoded);
  const query = decodeQuery(request.rawQuery);
  const isDecoded = segments.every((segment) => segment !== undefined);
  if (!isDecoded || query === undefined) return 'badRequest';
  const match = stage.router.match(request.method, segments) ?? stage.defaultRoute;
  if (match === undefined) return 'notFound';
  const { target: route } = match;

  const atMs = gateway.cloud.clock.now();
  const bucket = `${api.id}/${stage.name}/${route.routeKey}`;
  if (!gateway.throttle.allows(bucket, route.throttling, atMs)) return 'throttled';
  const body = await request.readBody(MAXIMUM_BODY_BYTES);
  if (body === undefined) return 'tooLarge';

  const call: Call = {
    request,
    accountId: gateway.cloud.accountId,
    region: gateway.cloud.region,
    apiId: api.id,
    stageName: stage.name,
    variables: stage.variables,
    requestId,
    atMs,
  };
  const path = `${stage.name === '$default' ? '' : `/${stage.name}`}/${segments.join('/')}`;
  const arrival = { routeKey: route.routeKey, parameters: match.parameters, path, query };
  const outcome = await callFunction(
    gateway,
    route,
    sourceArn(call, route),
    eventOf(call, arrival, route, body),
    request.signal,
  );
  return readOutcome(outcome, route);
}

function eventOf(call: Call, place: HttpRoute, route: ServedRoute, bytes: Buffer) {
  const body = encodeBody(bytes, !isTextType(valuesOf(call.request, 'content-type')[0]));
  if (route.payloadFormatVersion === '2.0') return eventV2(call, place, body);
  const resource = route.routeKey === DEFAULT_ROUTE ? DEFAULT_ROUTE : (route.routeKey.split(' ')[1] ?? '');
  return {
    version: '1.0',
    ...eventV1(
      call,
      {
        resource,
        resourceId: route.routeKey,
        path: place.path,
        pathWithStage: place.path,
        parameters: place.parameters,
        query: place.query,
        extendedRequestId: call.requestId,
      },
      body,
      { contentLength: body.sizeBytes },
    ),
  };
}

/** What a function's policy must allow: the API, the stage, the method and the route's own path. */
function sourceArn(
  { region, accountId, apiId, stageName, request }: Call,
  { routeKey }: ServedRoute,
): string {
  const route = routeKey === DEFAULT_ROUTE ? DEFAULT_ROUTE : `${request.method}${routeKey.split(' ')[1]}`;
  return `arn:aws:execute-api:${region}:${accountId}:${apiId}/${stageName}/${route}`;
}

function readOutcome(outcome: FunctionOutcome, route: ServedRoute): ProxyAnswer | Refusal {
  switch (outcome.kind) {
    case 'answered':
      return (
        (route.payloadFormatVersion === '2.0'
          ? readAnswerV2(outcome.payload)
          : readAnswerV1(outcome.payload)) ?? 'internal'
      );
    case 'failed':
    case 'refused':
      return 'internal';
    case 'too-large':
      return 'tooLarge';
    case 'throttled':
    case 'timed-out':
      return 'unavailable';
  }
}
