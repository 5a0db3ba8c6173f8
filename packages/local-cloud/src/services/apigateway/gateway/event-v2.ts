import { type Call, logTime, recordOf } from './call.ts';
import type { EncodedBody } from './request-body.ts';
import { functionHeaders } from './request-headers.ts';

export interface HttpRoute {
  readonly routeKey: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** With the stage, decoded. */
  readonly path: string;
  readonly query: ReadonlyMap<string, readonly string[]>;
}

/** Payload format 2.0. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export function eventV2(call: Call, route: HttpRoute, body: EncodedBody) {
  const { request, atMs } = call;
  const headers = functionHeaders(request, atMs, body.sizeBytes);
  const cookies = (headers.get('cookie')?.values ?? []).flatMap((line) => line.split(/;\s*/)).filter(Boolean);
  headers.delete('cookie');
  const host = headers.get('host')?.values[0] ?? '';
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath: route.path,
    rawQueryString: request.rawQuery,
    ...(cookies.length > 0 && { cookies }),
    headers: Object.fromEntries([...headers].map(([name, { values }]) => [name, values.join(',')])),
    queryStringParameters: recordOf([...route.query].map(([name, values]) => [name, values.join(',')])),
    requestContext: {
      accountId: call.accountId,
      apiId: call.apiId,
      domainName: host,
      domainPrefix: call.apiId,
      http: {
        method: request.method,
        path: route.path,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: headers.get('user-agent')?.values[0] ?? '',
      },
      requestId: call.requestId,
      routeKey: route.routeKey,
      stage: call.stageName,
      time: logTime(atMs),
      timeEpoch: atMs,
    },
    pathParameters: recordOf(route.parameters),
    stageVariables: recordOf(Object.entries(call.variables)),
    ...(body.text !== null && { body: body.text }),
    isBase64Encoded: body.isBase64Encoded,
  };
}
