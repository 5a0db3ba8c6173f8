import type { Integration, Method } from '@aws-sdk/client-api-gateway';
import type { MethodRecord, RestIntegrationRecord } from './records.ts';

export function wireMethod(resourceId: string, httpMethod: string, method: MethodRecord): Method {
  const responses = Object.entries(method.responses);
  return {
    httpMethod,
    authorizationType: 'NONE',
    apiKeyRequired: false,
    operationName: method.operationName,
    requestParameters: method.requestParameters,
    ...(responses.length > 0 && {
      methodResponses: Object.fromEntries(
        responses.map(([code, response]) => [code, { statusCode: code, ...response }]),
      ),
    }),
    methodIntegration:
      method.integration === undefined ? undefined : wireIntegration(resourceId, method.integration),
  };
}

export function wireIntegration(resourceId: string, integration: RestIntegrationRecord): Integration {
  const responses = Object.entries(integration.responses);
  return {
    type: 'AWS_PROXY',
    httpMethod: integration.httpMethod,
    uri: integration.uri,
    passthroughBehavior: integration.passthroughBehavior,
    timeoutInMillis: integration.timeoutMs,
    cacheNamespace: resourceId,
    cacheKeyParameters: [],
    ...(responses.length > 0 && {
      integrationResponses: Object.fromEntries(
        responses.map(([code, response]) => [code, { statusCode: code, ...response }]),
      ),
    }),
  };
}
