import type { CloudEnvironment } from '../../server/environment.ts';
import type { FunctionInvoker } from '../../server/ports.ts';
import type { Service } from '../../server/service.ts';
import { invokeFront } from './gateway/front.ts';
import { apiOperations as httpApiOperations } from './http-api/api-operations.ts';
import { deploymentOperations as httpDeploymentOperations } from './http-api/deployment-operations.ts';
import { integrationOperations as httpIntegrationOperations } from './http-api/integration-operations.ts';
import { httpApiCore } from './http-api/records.ts';
import { routeOperations } from './http-api/route-operations.ts';
import { stageOperations as httpStageOperations } from './http-api/stage-operations.ts';
import { tagOperations as httpTagOperations } from './http-api/tag-operations.ts';
import { apiOperations as restApiOperations } from './rest-api/api-operations.ts';
import { deploymentOperations as restDeploymentOperations } from './rest-api/deployment-operations.ts';
import { integrationOperations as restIntegrationOperations } from './rest-api/integration-operations.ts';
import { methodOperations } from './rest-api/method-operations.ts';
import { restApiCore } from './rest-api/records.ts';
import { resourceOperations } from './rest-api/resource-operations.ts';
import { stageOperations as restStageOperations } from './rest-api/stage-operations.ts';
import { tagOperations as restTagOperations } from './rest-api/tag-operations.ts';
import { ApiState } from './state/api-state.ts';

export interface ApiGatewayPorts {
  readonly functions: FunctionInvoker;
}

/** API Gateway: two services of AWS (HTTP APIs are `apigatewayv2`, REST APIs `apigateway`) and the one front that serves both. */
export function createApiGateways(
  cloud: CloudEnvironment,
  { functions }: ApiGatewayPorts,
): readonly [httpApis: Service, restApis: Service] {
  const state = new ApiState(cloud.database);
  const http = httpApiCore(cloud, state);
  const rest = restApiCore(cloud, state);
  return [
    {
      id: 'apigatewayv2',
      front: invokeFront(cloud, state, http, rest, functions),
      operations: {
        ...httpApiOperations(http),
        ...routeOperations(http),
        ...httpIntegrationOperations(http),
        ...httpStageOperations(http),
        ...httpDeploymentOperations(http),
        ...httpTagOperations(http),
      },
    },
    {
      id: 'apigateway',
      operations: {
        ...restApiOperations(rest),
        ...resourceOperations(rest),
        ...methodOperations(rest),
        ...restIntegrationOperations(rest),
        ...restDeploymentOperations(rest),
        ...restStageOperations(rest),
        ...restTagOperations(rest),
      },
    },
  ];
}
