import {
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  type CreateRestApiCommandInput,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from '@aws-sdk/client-api-gateway';
import { FUNCTION_ARN, type Gateways } from './gateway-fixture.ts';

export const INVOCATION_URI = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${FUNCTION_ARN}/invocations`;

/** A REST API of the function behind these methods (`GET /pets/{id}`), deployed to one stage. */
export async function restApi(
  { rest, endpoint }: Gateways,
  methods: readonly string[],
  settings: Partial<CreateRestApiCommandInput> & { readonly stageName?: string } = {},
) {
  const { stageName = 'stage', ...api } = settings;
  const { id: restApiId = '', rootResourceId = '' } = await rest.send(
    new CreateRestApiCommand({ name: 'test', ...api }),
  );
  for (const method of methods) {
    const [httpMethod, path = ''] = method.split(' ');
    let resourceId = rootResourceId;
    let parentPath = '';
    for (const pathPart of path.split('/').filter(Boolean)) {
      const { items = [] } = await rest.send(new GetResourcesCommand({ restApiId }));
      parentPath += `/${pathPart}`;
      const existing = items.find((resource) => resource.path === parentPath)?.id;
      resourceId =
        existing ??
        (await rest.send(new CreateResourceCommand({ restApiId, parentId: resourceId, pathPart }))).id ??
        '';
    }
    await rest.send(new PutMethodCommand({ restApiId, resourceId, httpMethod, authorizationType: 'NONE' }));
    await rest.send(
      new PutIntegrationCommand({
        restApiId,
        resourceId,
        httpMethod,
        type: 'AWS_PROXY',
        integrationHttpMethod: 'POST',
        uri: INVOCATION_URI,
      }),
    );
  }
  const { id: deploymentId = '' } = await rest.send(new CreateDeploymentCommand({ restApiId, stageName }));
  return {
    restApiId,
    rootResourceId,
    deploymentId,
    url: `${endpoint}/_execute-api/${restApiId}/${stageName}`,
  };
}
