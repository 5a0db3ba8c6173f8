import {
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  CreateStageCommand,
  DeleteDeploymentCommand,
  DeleteMethodCommand,
  DeleteResourceCommand,
  DeleteRestApiCommand,
  DeleteStageCommand,
  GetDeploymentsCommand,
  GetIntegrationCommand,
  GetMethodCommand,
  GetResourceCommand,
  GetResourcesCommand,
  GetRestApiCommand,
  GetRestApisCommand,
  GetStageCommand,
  GetStagesCommand,
  GetTagsCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateRestApiCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import { expect, test } from 'vitest';
import { FUNCTION_ARN, startGateways } from './gateway-fixture.ts';
import { INVOCATION_URI, restApi } from './rest-api-fixture.ts';

test('an API, its resources, methods and integrations are what AWS was recorded to answer', async () => {
  const { rest } = await startGateways();
  const created = await rest.send(new CreateRestApiCommand({ name: 'api', description: 'this is my api' }));
  const { id: restApiId, rootResourceId, $metadata, ...api } = created;
  expect($metadata.httpStatusCode).toBe(201);
  expect(api).toEqual({
    apiKeySource: 'HEADER',
    createdDate: expect.any(Date),
    description: 'this is my api',
    disableExecuteApiEndpoint: false,
    endpointConfiguration: { types: ['EDGE'], ipAddressType: 'ipv4' },
    name: 'api',
  });
  const { items: listed } = await rest.send(new GetRestApisCommand());
  expect(listed).toContainEqual(expect.objectContaining({ id: restApiId, rootResourceId }));

  const { $metadata: _, ...resource } = await rest.send(
    new CreateResourceCommand({ restApiId, parentId: rootResourceId, pathPart: 'pets' }),
  );
  const { id: resourceId } = resource;
  expect(resource).toEqual({ id: resourceId, parentId: rootResourceId, path: '/pets', pathPart: 'pets' });
  const address = { restApiId, resourceId, httpMethod: 'ANY' };
  expect(await rest.send(new PutMethodCommand({ ...address, authorizationType: 'NONE' }))).toMatchObject({
    apiKeyRequired: false,
    authorizationType: 'NONE',
    httpMethod: 'ANY',
  });
  await rest.send(
    new PutIntegrationCommand({
      ...address,
      type: 'AWS_PROXY',
      integrationHttpMethod: 'POST',
      uri: INVOCATION_URI,
    }),
  );
  await rest.send(
    new PutMethodResponseCommand({
      ...address,
      statusCode: '200',
      responseModels: { 'application/json': 'Empty' },
    }),
  );
  await rest.send(new PutIntegrationResponseCommand({ ...address, statusCode: '200' }));
  expect(await rest.send(new GetIntegrationCommand(address))).toMatchObject({
    type: 'AWS_PROXY',
    httpMethod: 'POST',
    uri: INVOCATION_URI,
    timeoutInMillis: 29_000,
    cacheNamespace: resourceId,
    passthroughBehavior: 'WHEN_NO_MATCH',
  });
  expect(await rest.send(new GetMethodCommand(address))).toMatchObject({
    methodIntegration: { type: 'AWS_PROXY', integrationResponses: { 200: { statusCode: '200' } } },
    methodResponses: { 200: { statusCode: '200' } },
  });
  expect((await rest.send(new GetResourcesCommand({ restApiId }))).items).toMatchObject([
    { path: '/' },
    { path: '/pets', resourceMethods: { ANY: {} } },
  ]);
  expect(
    await rest.send(new GetResourceCommand({ restApiId, resourceId, embed: ['methods'] })),
  ).toMatchObject({
    resourceMethods: { ANY: { httpMethod: 'ANY', methodIntegration: { type: 'AWS_PROXY' } } },
  });
  expect(await rest.send(new DeleteMethodCommand(address))).toMatchObject({
    $metadata: { httpStatusCode: 204 },
  });
  await expect(rest.send(new GetMethodCommand(address))).rejects.toMatchObject({
    name: 'NotFoundException',
    message: 'Invalid Method identifier specified',
  });
  expect(await rest.send(new DeleteRestApiCommand({ restApiId }))).toMatchObject({
    $metadata: { httpStatusCode: 202 },
  });
});

test('a stage serves its deployment, whatever has changed since', async () => {
  const gateways = await startGateways();
  const { rest } = gateways;
  const {
    restApiId,
    rootResourceId: resourceId,
    deploymentId,
    url,
  } = await restApi(gateways, ['GET /', 'GET /old']);
  const { items = [] } = await rest.send(new GetResourcesCommand({ restApiId }));
  const old = items.find(({ path }) => path === '/old');
  await rest.send(new DeleteResourceCommand({ restApiId, resourceId: old?.id }));
  expect((await fetch(`${url}/old`)).status).toBe(200);
  const next = await rest.send(new CreateDeploymentCommand({ restApiId }));
  await rest.send(new CreateStageCommand({ restApiId, stageName: 'next', deploymentId: next.id }));
  expect((await fetch(`${url.replace('/stage', '/next')}/old`)).status).toBe(403);
  await rest.send(
    new UpdateStageCommand({
      restApiId,
      stageName: 'stage',
      patchOperations: [
        { op: 'replace', path: '/deploymentId', value: next.id },
        { op: 'replace', path: '/variables/table', value: 'things' },
      ],
    }),
  );
  expect((await fetch(`${url}/old`)).status).toBe(403);
  await fetch(url);
  expect(gateways.fn.events.at(-1)).toMatchObject({
    stageVariables: { table: 'things' },
    requestContext: { deploymentId: next.id, resourceId },
  });
  await expect(
    rest.send(new DeleteDeploymentCommand({ restApiId, deploymentId: next.id })),
  ).rejects.toMatchObject({
    message: 'Active stages pointing to this deployment must be moved or deleted',
  });
  await rest.send(new DeleteDeploymentCommand({ restApiId, deploymentId }));
  expect((await rest.send(new GetDeploymentsCommand({ restApiId }))).items).toMatchObject([{ id: next.id }]);
  await rest.send(new DeleteStageCommand({ restApiId, stageName: 'next' }));
  expect((await rest.send(new GetStagesCommand({ restApiId }))).item).toMatchObject([{ stageName: 'stage' }]);
});

test('binary media types decide what is base64, both ways', async () => {
  const gateways = await startGateways();
  const { url } = await restApi(gateways, ['ANY /{proxy+}'], { binaryMediaTypes: ['image/*'] });
  const bytes = Buffer.from([0, 255, 128]);
  gateways.fn.answer = () => ({
    statusCode: 200,
    headers: { 'content-type': 'image/png' },
    body: bytes.toString('base64'),
    isBase64Encoded: true,
  });
  const send = (type: string, accept: string) =>
    fetch(`${url}/x`, { method: 'POST', headers: { 'content-type': type, accept }, body: bytes });
  const binary = await send('image/png', 'image/png,*/*');
  expect(Buffer.from(await binary.arrayBuffer())).toEqual(bytes);
  expect(gateways.fn.events[0]).toMatchObject({ body: bytes.toString('base64'), isBase64Encoded: true });
  const text = await send('text/plain', 'application/json');
  expect(await text.text()).toBe(bytes.toString('base64'));
  expect(gateways.fn.events[1]).toMatchObject({ isBase64Encoded: false });
});

test('a REST API renames headers that are its own to say', async () => {
  const gateways = await startGateways();
  const { url } = await restApi(gateways, ['GET /']);
  gateways.fn.answer = () => ({
    statusCode: 401,
    headers: {
      'WWW-Authenticate': 'Basic',
      Server: 'mine',
      Authorization: 'token',
      'Transfer-Encoding': 'x',
    },
  });
  const { status, headers } = await fetch(url);
  expect(status).toBe(401);
  expect(Object.fromEntries(headers)).toMatchObject({
    'x-amzn-remapped-www-authenticate': 'Basic',
    'x-amzn-remapped-server': 'mine',
    'x-amzn-remapped-authorization': 'token',
    'content-length': '0',
  });
  for (const name of ['www-authenticate', 'server', 'authorization', 'transfer-encoding']) {
    expect(headers.get(name), name).toBeNull();
  }
});

test('a Lambda integration that is not invoked by POST is an Internal server error', async () => {
  const gateways = await startGateways();
  const { rest } = gateways;
  const { restApiId, rootResourceId: resourceId, url } = await restApi(gateways, ['GET /']);
  await rest.send(
    new PutIntegrationCommand({
      restApiId,
      resourceId,
      httpMethod: 'GET',
      type: 'AWS_PROXY',
      integrationHttpMethod: 'GET',
      uri: INVOCATION_URI,
    }),
  );
  await rest.send(new CreateDeploymentCommand({ restApiId, stageName: 'stage' }));
  expect((await fetch(url)).status).toBe(500);
});

test.each([
  [FUNCTION_ARN, 'AWS ARN for integration must contain path or action'],
  ['fn', 'Invalid ARN specified in the request'],
  [
    'arn:aws:apigateway:us-east-1:sqs:path/000000000000/queue',
    "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
  ],
])('a REST API names a function by the URI that invokes it, not by %s', async (uri, message) => {
  const gateways = await startGateways();
  const { restApiId, rootResourceId: resourceId } = await restApi(gateways, ['GET /']);
  const address = { restApiId, resourceId, httpMethod: 'GET', integrationHttpMethod: 'POST' };
  await expect(
    gateways.rest.send(new PutIntegrationCommand({ ...address, type: 'AWS_PROXY', uri })),
  ).rejects.toMatchObject({ name: 'BadRequestException', message });
});

test('patches of an API', async () => {
  const gateways = await startGateways();
  const { rest } = gateways;
  const { restApiId } = await restApi(gateways, ['GET /'], { binaryMediaTypes: ['image/png'] });
  const updated = await rest.send(
    new UpdateRestApiCommand({
      restApiId,
      patchOperations: [
        { op: 'replace', path: '/name', value: 'renamed' },
        { op: 'add', path: '/binaryMediaTypes/image~1jpeg' },
        { op: 'remove', path: '/binaryMediaTypes/image~1png' },
      ],
    }),
  );
  expect(updated).toMatchObject({ name: 'renamed', binaryMediaTypes: ['image/jpeg'] });
  await expect(
    rest.send(
      new UpdateRestApiCommand({
        restApiId,
        patchOperations: [{ op: 'replace', path: '/policy', value: '' }],
      }),
    ),
  ).rejects.toMatchObject({ name: 'NotImplemented', message: expect.stringContaining('/policy') });
});

test('tags of APIs and stages', async () => {
  const gateways = await startGateways();
  const { rest } = gateways;
  const { restApiId } = await restApi(gateways, ['GET /']);
  for (const resource of [`/restapis/${restApiId}`, `/restapis/${restApiId}/stages/stage`]) {
    const resourceArn = `arn:aws:apigateway:us-east-1::${resource}`;
    await rest.send(new TagResourceCommand({ resourceArn, tags: { a: '1', b: '2', c: '3' } }));
    await rest.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a', 'b'] }));
    expect((await rest.send(new GetTagsCommand({ resourceArn }))).tags).toEqual({ c: '3' });
  }
});

test('refuses as recorded', async () => {
  const gateways = await startGateways();
  const { rest } = gateways;
  const { restApiId, rootResourceId: parentId } = await restApi(gateways, [
    'GET /{proxy+}',
    'GET /parent/{child}',
  ]);
  const { items = [] } = await rest.send(new GetResourcesCommand({ restApiId }));
  const proxyId = items.find(({ path }) => path === '/{proxy+}')?.id;
  const create = (parent: string | undefined, pathPart: string) =>
    rest.send(new CreateResourceCommand({ restApiId, parentId: parent, pathPart }));
  await expect(create(parentId, '{other}')).rejects.toMatchObject({
    name: 'BadRequestException',
    message: 'A sibling ({proxy+}) of this resource already has a variable path part -- only one is allowed',
  });
  await expect(create(proxyId, 'x')).rejects.toMatchObject({
    name: 'BadRequestException',
    message: 'Cannot create a child of a resource with a greedy path variable: {proxy+}',
  });
  await expect(create(parentId, 'parent')).rejects.toMatchObject({
    name: 'ConflictException',
    message: 'Another resource with the same parent already has this name: parent',
    $metadata: { httpStatusCode: 409 },
  });
  for (const part of ['a/b', '{a', 'a b', '', '{a}{b}']) {
    await expect(create(parentId, part), part).rejects.toMatchObject({ name: 'BadRequestException' });
  }
  await expect(create('nobody', 'x')).rejects.toMatchObject({
    message: 'Invalid Resource identifier specified',
  });
  await expect(rest.send(new GetRestApiCommand({ restApiId: 'nobody' }))).rejects.toMatchObject({
    name: 'NotFoundException',
    message: 'Invalid API identifier specified 000000000000:nobody',
    $metadata: { httpStatusCode: 404 },
  });
  await expect(rest.send(new GetStageCommand({ restApiId, stageName: 'x' }))).rejects.toMatchObject({
    message: 'Invalid stage identifier specified',
  });
  await expect(
    rest.send(
      new PutMethodCommand({ restApiId, resourceId: parentId, httpMethod: 'GO', authorizationType: 'NONE' }),
    ),
  ).rejects.toMatchObject({
    message: 'Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY',
  });
  await expect(rest.send(new CreateRestApiCommand({ name: 'x', description: '' }))).rejects.toMatchObject({
    message: 'Description cannot be an empty string',
  });
  const empty = await rest.send(new CreateRestApiCommand({ name: 'empty' }));
  await expect(rest.send(new CreateDeploymentCommand({ restApiId: empty.id }))).rejects.toMatchObject({
    message: "The REST API doesn't contain any methods",
  });
  const address = { restApiId: empty.id, resourceId: empty.rootResourceId, httpMethod: 'GET' };
  await rest.send(new PutMethodCommand({ ...address, authorizationType: 'NONE' }));
  await expect(rest.send(new CreateDeploymentCommand({ restApiId: empty.id }))).rejects.toMatchObject({
    message: 'No integration defined for method',
  });
  await expect(
    rest.send(new PutIntegrationCommand({ ...address, type: 'MOCK', integrationHttpMethod: 'POST' })),
  ).rejects.toMatchObject({ name: 'NotImplemented', message: expect.stringContaining('type MOCK') });
});
