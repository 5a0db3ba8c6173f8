import { z } from 'zod';
import type { CloudEnvironment } from '../../../server/environment.ts';
import { apiNotFound, notFound } from '../errors.ts';
import type { ApiState, Apis, Parts } from '../state/api-state.ts';
import { stageVariables, tags, throttling } from '../state/stage-members.ts';

const apiRecord = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  version: z.string().optional(),
  binaryMediaTypes: z.array(z.string()),
  endpointType: z.enum(['EDGE', 'REGIONAL']),
  rootResourceId: z.string(),
  tags,
  createdMs: z.number(),
});
export type RestApiRecord = z.output<typeof apiRecord>;

const integrationRecord = z.strictObject({
  uri: z.string(),
  functionArn: z.string(),
  httpMethod: z.string(),
  timeoutMs: z.number(),
  passthroughBehavior: z.string(),
  /** By status code. Kept for who asks: a Lambda proxy says itself what to answer. */
  responses: z.record(z.string(), z.strictObject({ selectionPattern: z.string().optional() })),
});
export type RestIntegrationRecord = z.output<typeof integrationRecord>;

const methodRecord = z.strictObject({
  operationName: z.string().optional(),
  requestParameters: z.record(z.string(), z.boolean()).optional(),
  integration: integrationRecord.optional(),
  /** By status code; as above. */
  responses: z.record(
    z.string(),
    z.strictObject({
      responseParameters: z.record(z.string(), z.boolean()).optional(),
      responseModels: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
export type MethodRecord = z.output<typeof methodRecord>;

const resourceRecord = z.strictObject({
  id: z.string(),
  /** None of the root. */
  parentId: z.string().optional(),
  pathPart: z.string().optional(),
  /** `/pets/{id}` */
  path: z.string(),
  /** By HTTP method, ANY among them. */
  methods: z.record(z.string(), methodRecord),
});
export type ResourceRecord = z.output<typeof resourceRecord>;

const stageRecord = z.strictObject({
  name: z.string(),
  deploymentId: z.string(),
  description: z.string().optional(),
  variables: stageVariables,
  /** As AWS writes them: `pets~1{id}/GET`, or a star in place of both for every method. */
  methodThrottling: z.record(z.string(), throttling),
  tags,
  createdMs: z.number(),
  updatedMs: z.number(),
});
export type RestStageRecord = z.output<typeof stageRecord>;

const deploymentRecord = z.strictObject({
  id: z.string(),
  description: z.string().optional(),
  createdMs: z.number(),
  /** What a stage with this deployment serves, whatever is changed since. */
  snapshot: z.strictObject({
    binaryMediaTypes: z.array(z.string()),
    resources: z.array(
      z.strictObject({
        id: z.string(),
        path: z.string(),
        methods: z.record(
          z.string(),
          z.strictObject({ functionArn: z.string(), httpMethod: z.string(), timeoutMs: z.number() }),
        ),
      }),
    ),
  }),
});
export type RestDeploymentRecord = z.output<typeof deploymentRecord>;
export type RestSnapshot = RestDeploymentRecord['snapshot'];

export interface RestApiCore {
  readonly cloud: CloudEnvironment;
  readonly state: ApiState;
  readonly apis: Apis<RestApiRecord>;
  readonly resources: Parts<ResourceRecord>;
  readonly stages: Parts<RestStageRecord>;
  readonly deployments: Parts<RestDeploymentRecord>;
}

export function restApiCore(cloud: CloudEnvironment, state: ApiState): RestApiCore {
  return {
    cloud,
    state,
    apis: state.apis('REST', apiRecord),
    resources: state.parts('resource', resourceRecord),
    stages: state.parts('rest-stage', stageRecord),
    deployments: state.parts('rest-deployment', deploymentRecord),
  };
}

export function findRestApi({ apis, cloud }: RestApiCore, apiId: string): RestApiRecord {
  const api = apis.get(apiId);
  if (api === undefined) throw apiNotFound(cloud.accountId, apiId);
  return api;
}

/** As recorded: an API that does not exist is a resource that does not. */
export function findResource({ resources }: RestApiCore, apiId: string, resourceId: string): ResourceRecord {
  const resource = resources.get(apiId, resourceId);
  if (resource === undefined) throw notFound('Invalid Resource identifier specified');
  return resource;
}

export function findMethod(resource: ResourceRecord, httpMethod: string): MethodRecord {
  const method = Object.hasOwn(resource.methods, httpMethod) ? resource.methods[httpMethod] : undefined;
  if (method === undefined) throw notFound('Invalid Method identifier specified');
  return method;
}
