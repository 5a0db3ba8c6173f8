import { z } from 'zod';
import type { CloudEnvironment } from '../../../server/environment.ts';
import { apiNotFound } from '../errors.ts';
import type { ApiState, Apis, Parts } from '../state/api-state.ts';
import { stageVariables, tags, throttling } from '../state/stage-members.ts';

const corsRecord = z.strictObject({
  allowCredentials: z.boolean(),
  allowHeaders: z.array(z.string()),
  allowMethods: z.array(z.string()),
  allowOrigins: z.array(z.string()),
  exposeHeaders: z.array(z.string()),
  maxAgeSeconds: z.number().optional(),
});
export type CorsRecord = z.output<typeof corsRecord>;

const apiRecord = z.strictObject({
  id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  version: z.string().optional(),
  cors: corsRecord.optional(),
  tags,
  createdMs: z.number(),
});
export type HttpApiRecord = z.output<typeof apiRecord>;

const integrationRecord = z.strictObject({
  id: z.string(),
  uri: z.string(),
  functionArn: z.string(),
  method: z.string(),
  payloadFormatVersion: z.enum(['1.0', '2.0']),
  timeoutMs: z.number(),
  description: z.string().optional(),
  /** Made by CreateApi with a target. */
  isManaged: z.boolean(),
});
export type IntegrationRecord = z.output<typeof integrationRecord>;

const routeRecord = z.strictObject({
  id: z.string(),
  routeKey: z.string(),
  integrationId: z.string().optional(),
  operationName: z.string().optional(),
  isManaged: z.boolean(),
});
export type RouteRecord = z.output<typeof routeRecord>;

const stageRecord = z.strictObject({
  name: z.string(),
  description: z.string().optional(),
  autoDeploy: z.boolean(),
  deploymentId: z.string().optional(),
  deploymentMessage: z.string().optional(),
  variables: stageVariables,
  throttling,
  /** By route key. */
  routeThrottling: z.record(z.string(), throttling),
  tags,
  createdMs: z.number(),
  updatedMs: z.number(),
  isManaged: z.boolean(),
});
export type HttpStageRecord = z.output<typeof stageRecord>;

const deploymentRecord = z.strictObject({
  id: z.string(),
  description: z.string().optional(),
  isAutomatic: z.boolean(),
  createdMs: z.number(),
  /** What a stage with this deployment serves, whatever is changed since. */
  snapshot: z.strictObject({
    cors: corsRecord.optional(),
    routes: z.array(
      z.strictObject({
        routeKey: z.string(),
        functionArn: z.string(),
        payloadFormatVersion: z.enum(['1.0', '2.0']),
        timeoutMs: z.number(),
      }),
    ),
  }),
});
export type HttpDeploymentRecord = z.output<typeof deploymentRecord>;
export type HttpSnapshot = HttpDeploymentRecord['snapshot'];

export interface HttpApiCore {
  readonly cloud: CloudEnvironment;
  readonly state: ApiState;
  readonly apis: Apis<HttpApiRecord>;
  readonly integrations: Parts<IntegrationRecord>;
  readonly routes: Parts<RouteRecord>;
  readonly stages: Parts<HttpStageRecord>;
  readonly deployments: Parts<HttpDeploymentRecord>;
}

export function httpApiCore(cloud: CloudEnvironment, state: ApiState): HttpApiCore {
  return {
    cloud,
    state,
    apis: state.apis('HTTP', apiRecord),
    integrations: state.parts('integration', integrationRecord),
    routes: state.parts('route', routeRecord),
    stages: state.parts('http-stage', stageRecord),
    deployments: state.parts('http-deployment', deploymentRecord),
  };
}

export function findHttpApi({ apis, cloud }: HttpApiCore, apiId: string): HttpApiRecord {
  const api = apis.get(apiId);
  if (api === undefined) throw apiNotFound(cloud.accountId, apiId);
  return api;
}
