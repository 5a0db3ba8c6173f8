import {
  CreateApiCommand,
  CreateDeploymentCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
  DeleteApiCommand,
  DeleteDeploymentCommand,
  DeleteIntegrationCommand,
  DeleteRouteCommand,
  DeleteStageCommand,
  GetApiCommand,
  GetApisCommand,
  GetDeploymentsCommand,
  GetIntegrationCommand,
  GetIntegrationsCommand,
  GetRouteCommand,
  GetRoutesCommand,
  GetStageCommand,
  GetStagesCommand,
  GetTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateApiCommand,
  UpdateIntegrationCommand,
  UpdateRouteCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import { expect, test } from 'vitest';
import { FUNCTION_ARN, httpApi, startGateways } from './gateway-fixture.ts';

test('quick create makes everything that a target needs', async () => {
  const gateways = await startGateways();
  const { http, endpoint, clock } = gateways;
  const created = await http.send(
    new CreateApiCommand({ Name: 'quick', ProtocolType: 'HTTP', Target: FUNCTION_ARN, Tags: { a: '1' } }),
  );
  const { ApiId } = created;
  expect(ApiId).toMatch(/^[a-z0-9]{10}$/);
  expect(created).toMatchObject({
    $metadata: { httpStatusCode: 201 },
    ApiEndpoint: `${endpoint}/_execute-api/${ApiId}`,
    ApiKeySelectionExpression: '$request.header.x-api-key',
    CreatedDate: new Date(clock.now()),
    DisableExecuteApiEndpoint: false,
    Name: 'quick',
    ProtocolType: 'HTTP',
    RouteSelectionExpression: '$request.method $request.path',
    Tags: { a: '1' },
  });
  const { Items: routes } = await http.send(new GetRoutesCommand({ ApiId }));
  const { Items: integrations } = await http.send(new GetIntegrationsCommand({ ApiId }));
  const { Items: stages } = await http.send(new GetStagesCommand({ ApiId }));
  const { Items: deployments } = await http.send(new GetDeploymentsCommand({ ApiId }));
  expect(integrations).toMatchObject([
    {
      ApiGatewayManaged: true,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: FUNCTION_ARN,
      PayloadFormatVersion: '2.0',
      TimeoutInMillis: 30_000,
    },
  ]);
  expect(routes).toMatchObject([
    {
      ApiGatewayManaged: true,
      RouteKey: '$default',
      Target: `integrations/${integrations?.[0]?.IntegrationId}`,
    },
  ]);
  expect(deployments).toMatchObject([{ AutoDeployed: true, DeploymentStatus: 'DEPLOYED' }]);
  expect(stages).toMatchObject([
    {
      ApiGatewayManaged: true,
      AutoDeploy: true,
      StageName: '$default',
      DeploymentId: deployments?.[0]?.DeploymentId,
      LastDeploymentStatusMessage: `Successfully deployed stage with deployment ID '${deployments?.[0]?.DeploymentId}'`,
    },
  ]);
  const response = await fetch(`${created.ApiEndpoint}/hello?x=1`);
  expect(await response.json()).toMatchObject({ rawPath: '/hello', queryStringParameters: { x: '1' } });
});

test('parts are read, changed and deleted', async () => {
  const gateways = await startGateways();
  const { http } = gateways;
  const { apiId: ApiId, integrationId: IntegrationId, url } = await httpApi(gateways, ['GET /a']);
  const { Items: [route] = [] } = await http.send(new GetRoutesCommand({ ApiId }));
  const RouteId = route?.RouteId;

  await http.send(new UpdateApiCommand({ ApiId, Name: 'renamed', Description: 'why' }));
  expect(await http.send(new GetApiCommand({ ApiId }))).toMatchObject({
    Name: 'renamed',
    Description: 'why',
  });
  await http.send(new UpdateIntegrationCommand({ ApiId, IntegrationId, PayloadFormatVersion: '1.0' }));
  expect(await http.send(new GetIntegrationCommand({ ApiId, IntegrationId }))).toMatchObject({
    PayloadFormatVersion: '1.0',
    IntegrationUri: FUNCTION_ARN,
  });
  await http.send(new UpdateRouteCommand({ ApiId, RouteId, RouteKey: 'GET /b' }));
  expect(await http.send(new GetRouteCommand({ ApiId, RouteId }))).toMatchObject({
    RouteKey: 'GET /b',
    Target: `integrations/${IntegrationId}`,
  });
  // All of it is deployed at once.
  expect((await fetch(`${url}/a`)).status).toBe(404);
  expect(await (await fetch(`${url}/b`)).json()).toMatchObject({ version: '1.0' });

  await expect(http.send(new DeleteIntegrationCommand({ ApiId, IntegrationId }))).rejects.toMatchObject({
    name: 'BadRequestException',
    message: expect.stringContaining("Route 'GET /b'"),
  });
  await http.send(new DeleteRouteCommand({ ApiId, RouteId }));
  await http.send(new DeleteIntegrationCommand({ ApiId, IntegrationId }));
  await http.send(new DeleteStageCommand({ ApiId, StageName: '$default' }));
  expect((await fetch(`${url}/b`)).status).toBe(404);
  expect(await http.send(new DeleteApiCommand({ ApiId }))).toMatchObject({
    $metadata: { httpStatusCode: 204 },
  });
  const { Items: left = [] } = await http.send(new GetApisCommand());
  expect(left.map((api) => api.ApiId)).not.toContain(ApiId);
  expect((await fetch(`${url}/b`)).status).toBe(403);
});

test('without AutoDeploy a stage serves its deployment', async () => {
  const gateways = await startGateways();
  const { http } = gateways;
  const {
    apiId: ApiId,
    integrationId,
    url,
  } = await httpApi(gateways, ['GET /a'], {
    stage: { StageName: 'v1', AutoDeploy: false },
  });
  expect((await fetch(`${url}/a`)).status).toBe(404);
  const first = await http.send(new CreateDeploymentCommand({ ApiId, StageName: 'v1' }));
  expect((await fetch(`${url}/a`)).status).toBe(200);
  await http.send(
    new CreateRouteCommand({ ApiId, RouteKey: 'GET /b', Target: `integrations/${integrationId}` }),
  );
  expect((await fetch(`${url}/b`)).status).toBe(404);
  const second = await http.send(new CreateDeploymentCommand({ ApiId }));
  await http.send(new UpdateStageCommand({ ApiId, StageName: 'v1', DeploymentId: second.DeploymentId }));
  expect((await fetch(`${url}/b`)).status).toBe(200);
  await expect(
    http.send(new DeleteDeploymentCommand({ ApiId, DeploymentId: second.DeploymentId })),
  ).rejects.toMatchObject({
    name: 'BadRequestException',
    message: 'Active stages pointing to this deployment must be moved or deleted',
  });
  await http.send(new DeleteDeploymentCommand({ ApiId, DeploymentId: first.DeploymentId }));
});

test('a stage keeps what an update does not name', async () => {
  const gateways = await startGateways();
  const { http } = gateways;
  const { apiId: ApiId } = await httpApi(gateways, ['GET /a'], {
    stage: {
      StageVariables: { a: '1' },
      DefaultRouteSettings: { ThrottlingRateLimit: 5 },
      Description: 'kept',
    },
  });
  await http.send(
    new UpdateStageCommand({
      ApiId,
      StageName: '$default',
      StageVariables: { b: '2' },
      DefaultRouteSettings: { ThrottlingBurstLimit: 7 },
    }),
  );
  expect(await http.send(new GetStageCommand({ ApiId, StageName: '$default' }))).toMatchObject({
    Description: 'kept',
    StageVariables: { a: '1', b: '2' },
    DefaultRouteSettings: { DetailedMetricsEnabled: false, ThrottlingRateLimit: 5, ThrottlingBurstLimit: 7 },
  });
});

test('tags of APIs and stages', async () => {
  const gateways = await startGateways();
  const { http } = gateways;
  const { apiId } = await httpApi(gateways, ['GET /a']);
  for (const resource of [`/apis/${apiId}`, `/apis/${apiId}/stages/$default`]) {
    const ResourceArn = `arn:aws:apigateway:us-east-1::${resource}`;
    await http.send(new TagResourceCommand({ ResourceArn, Tags: { a: '1', b: '2', c: '3' } }));
    await http.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a', 'b'] }));
    expect((await http.send(new GetTagsCommand({ ResourceArn }))).Tags).toEqual({ c: '3' });
  }
});

test('lists have pages', async () => {
  const { http } = await startGateways();
  for (const Name of ['a', 'b', 'c']) await http.send(new CreateApiCommand({ Name, ProtocolType: 'HTTP' }));
  const pages: (string | undefined)[][] = [];
  let NextToken: string | undefined;
  do {
    const page = await http.send(new GetApisCommand({ MaxResults: '2', NextToken }));
    pages.push((page.Items ?? []).map(({ Name }) => Name));
    ({ NextToken } = page);
  } while (NextToken !== undefined);
  expect(pages.flat().slice(-3)).toEqual(['a', 'b', 'c']);
  expect(pages.slice(0, -1).every(({ length }) => length === 2)).toBe(true);
});

test("refuses in AWS's words", async () => {
  const gateways = await startGateways();
  const { http } = gateways;
  const { apiId: ApiId } = await httpApi(gateways, ['GET /a']);
  const missing = { name: 'NotFoundException', $metadata: { httpStatusCode: 404 } };
  await expect(http.send(new GetApiCommand({ ApiId: 'nobody' }))).rejects.toMatchObject({
    ...missing,
    message: 'Invalid API identifier specified 000000000000:nobody',
  });
  await expect(http.send(new GetStageCommand({ ApiId, StageName: 'x' }))).rejects.toMatchObject({
    ...missing,
    message: 'Invalid stage identifier specified',
  });
  await expect(http.send(new CreateRouteCommand({ ApiId, RouteKey: 'GET /a' }))).rejects.toMatchObject({
    name: 'ConflictException',
    message: 'Route with key GET /a already exists for this API',
    $metadata: { httpStatusCode: 409 },
  });
  await expect(http.send(new CreateStageCommand({ ApiId, StageName: '$default' }))).rejects.toMatchObject({
    name: 'ConflictException',
    message: 'Stage already exists',
  });
  for (const RouteKey of ['GET', 'get /a', 'GET a', 'GET /{a+}/b', 'GET /{a}/{a}', 'GET /a{b}', '$connect']) {
    await expect(http.send(new CreateRouteCommand({ ApiId, RouteKey })), RouteKey).rejects.toMatchObject({
      name: 'BadRequestException',
      $metadata: { httpStatusCode: 400 },
    });
  }
  await expect(
    http.send(new CreateRouteCommand({ ApiId, RouteKey: 'GET /z', Target: 'integrations/nobody' })),
  ).rejects.toMatchObject(missing);
  await expect(
    http.send(
      new CreateIntegrationCommand({
        ApiId,
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: 'fn',
        PayloadFormatVersion: '2.0',
      }),
    ),
  ).rejects.toMatchObject({ name: 'BadRequestException' });
});

test('refuses by its name what is not done', async () => {
  const gateways = await startGateways();
  const { http } = gateways;
  const { apiId: ApiId } = await httpApi(gateways, ['GET /a']);
  const refused = (name: string) => ({ name: 'NotImplemented', message: expect.stringContaining(name) });
  await expect(
    http.send(
      new CreateStageCommand({
        ApiId,
        StageName: 'x',
        AccessLogSettings: { DestinationArn: 'arn', Format: '$' },
      }),
    ),
  ).rejects.toMatchObject(refused('AccessLogSettings'));
  await expect(
    http.send(new CreateApiCommand({ Name: 'x', ProtocolType: 'WEBSOCKET' })),
  ).rejects.toMatchObject(refused('ProtocolType WEBSOCKET'));
  await expect(
    http.send(new CreateRouteCommand({ ApiId, RouteKey: 'GET /z', AuthorizationType: 'JWT' })),
  ).rejects.toMatchObject(refused('AuthorizationType JWT'));
  await expect(
    http.send(
      new CreateIntegrationCommand({
        ApiId,
        IntegrationType: 'HTTP_PROXY',
        IntegrationUri: 'https://a.example',
      }),
    ),
  ).rejects.toMatchObject(refused('IntegrationType HTTP_PROXY'));
});
