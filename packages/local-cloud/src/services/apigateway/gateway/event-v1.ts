import { type Call, logTime, recordOf } from './call.ts';
import type { EncodedBody } from './request-body.ts';
import { functionHeaders } from './request-headers.ts';

/** Where a request arrived, in the words of format 1.0. */
export interface Resource {
  /** `/pets/{id}` */
  readonly resource: string;
  readonly resourceId: string;
  /** Without the stage; REST APIs leave it encoded. */
  readonly path: string;
  /** With the stage. */
  readonly pathWithStage: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly query: ReadonlyMap<string, readonly string[]>;
  readonly extendedRequestId: string;
}

/** Payload format 1.0, as recorded of REST APIs. */
export function eventV1(
  call: Call,
  resource: Resource,
  body: EncodedBody,
  { contentLength, ...more }: { readonly deploymentId?: string; readonly contentLength?: number },
) {
  const { request, atMs } = call;
  const lines = [...functionHeaders(request, atMs, contentLength).values()];
  const last = (values: readonly string[]) => values.at(-1) ?? '';
  const header = (wanted: string) => last(lines.find(({ name }) => name === wanted)?.values ?? []);
  return {
    resource: resource.resource,
    path: resource.path,
    httpMethod: request.method,
    headers: Object.fromEntries(lines.map(({ name, values }) => [name, last(values)])),
    multiValueHeaders: Object.fromEntries(lines.map(({ name, values }) => [name, values])),
    queryStringParameters:
      recordOf([...resource.query].map(([name, values]) => [name, last(values)])) ?? null,
    multiValueQueryStringParameters: recordOf(resource.query) ?? null,
    pathParameters: recordOf(resource.parameters) ?? null,
    stageVariables: recordOf(Object.entries(call.variables)) ?? null,
    requestContext: {
      resourceId: resource.resourceId,
      resourcePath: resource.resource,
      httpMethod: request.method,
      extendedRequestId: resource.extendedRequestId,
      requestTime: logTime(atMs),
      path: resource.pathWithStage,
      accountId: call.accountId,
      protocol: request.protocol,
      stage: call.stageName,
      domainPrefix: call.apiId,
      requestTimeEpoch: atMs,
      requestId: call.requestId,
      identity: {
        ...ANONYMOUS,
        sourceIp: request.sourceIp,
        userAgent: header('User-Agent'),
      },
      domainName: header('Host'),
      ...more,
      apiId: call.apiId,
    },
    body: body.text,
    isBase64Encoded: body.isBase64Encoded,
  };
}

/** Nobody signs a request to an API without an authorizer. */
const ANONYMOUS = {
  cognitoIdentityPoolId: null,
  accountId: null,
  cognitoIdentityId: null,
  caller: null,
  principalOrgId: null,
  accessKey: null,
  cognitoAuthenticationType: null,
  cognitoAuthenticationProvider: null,
  userArn: null,
  user: null,
};
