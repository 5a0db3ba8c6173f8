import type { GetStagesCommandOutput, Stage } from '@aws-sdk/client-apigatewayv2';
import { z } from 'zod';
import type { Output } from '../../output.ts';
import { validatedOperation } from '../../validated-operation.ts';
import { badRequest, conflict, HTTP_API_VALIDATION, notFound, supportedOnly } from '../errors.ts';
import { page } from '../state/page.ts';
import { stageVariables, type Throttling, tags } from '../state/stage-members.ts';
import { deployAutomatically } from './deploy.ts';
import { pageMembers, pageSize } from './page-members.ts';
import { findHttpApi, type HttpApiCore, type HttpStageRecord } from './records.ts';

const routeSettings = z.strictObject({
  DetailedMetricsEnabled: z.boolean().optional(),
  ThrottlingBurstLimit: z.number().int().min(0).optional(),
  ThrottlingRateLimit: z.number().min(0).optional(),
});
type RouteSettings = z.output<typeof routeSettings>;

const members = {
  ApiId: z.string(),
  StageName: z.string().max(128),
  AutoDeploy: z.boolean().optional(),
  DefaultRouteSettings: routeSettings.optional(),
  RouteSettings: z.record(z.string(), routeSettings).optional(),
  DeploymentId: z.string().optional(),
  Description: z.string().max(1024).optional(),
  StageVariables: stageVariables.optional(),
};
type Given = z.output<z.ZodObject<typeof members>>;

export function stageOperations(core: HttpApiCore) {
  const find = (apiId: string, name: string): HttpStageRecord => {
    findHttpApi(core, apiId);
    const stage = core.stages.get(apiId, name);
    if (stage === undefined) throw notFound('Invalid stage identifier specified');
    return stage;
  };

  /** What of a request holds whatever the stage was before. */
  const check = (operationName: string, input: Given, autoDeploy: boolean): void => {
    const settings = [
      input.DefaultRouteSettings ?? {},
      ...Object.values<RouteSettings>(input.RouteSettings ?? {}),
    ];
    for (const { DetailedMetricsEnabled } of settings) {
      const member = 'DetailedMetricsEnabled';
      supportedOnly(HTTP_API_VALIDATION, operationName, member, DetailedMetricsEnabled, [false]);
    }
    if (input.DeploymentId !== undefined) {
      if (autoDeploy) throw badRequest('Unable to set DeploymentId for a stage with AutoDeploy enabled');
      if (core.deployments.get(input.ApiId, input.DeploymentId) === undefined) {
        throw notFound('Invalid deployment identifier specified');
      }
    }
    const keys = new Set(core.routes.list(input.ApiId).map(({ routeKey }) => routeKey));
    const unknown = Object.keys(input.RouteSettings ?? {}).find((routeKey) => !keys.has(routeKey));
    if (unknown !== undefined) {
      throw notFound(`Unable to find Route by key ${unknown} within the provided RouteSettings`);
    }
  };

  /** Stores and brings up to date. */
  const put = (apiId: string, stage: HttpStageRecord): Stage => {
    core.state.change(() => {
      core.stages.put(apiId, stage.name, stage);
      if (stage.autoDeploy) deployAutomatically(core, apiId);
    });
    return wireStage(find(apiId, stage.name));
  };

  return {
    CreateStage: validatedOperation(
      HTTP_API_VALIDATION,
      'CreateStage',
      z.strictObject({ ...members, Tags: tags.optional() }),
      (input) => {
        findHttpApi(core, input.ApiId);
        if (!/^(?:\$default|[\w-]{1,128})$/.test(input.StageName)) {
          throw badRequest('Stage name only allows a-zA-Z0-9_- or $default');
        }
        check('CreateStage', input, input.AutoDeploy ?? false);
        if (core.stages.get(input.ApiId, input.StageName) !== undefined) {
          throw conflict('Stage already exists');
        }
        const nowMs = core.cloud.clock.now();
        return put(input.ApiId, {
          ...newStage(input.StageName, nowMs),
          description: input.Description,
          autoDeploy: input.AutoDeploy ?? false,
          deploymentId: input.DeploymentId,
          variables: input.StageVariables ?? {},
          throttling: throttlingOf(input.DefaultRouteSettings),
          routeThrottling: routeThrottling(input.RouteSettings),
          tags: input.Tags ?? {},
        });
      },
    ),

    GetStage: validatedOperation(
      HTTP_API_VALIDATION,
      'GetStage',
      z.strictObject({ ApiId: z.string(), StageName: z.string() }),
      (input) => wireStage(find(input.ApiId, input.StageName)),
    ),

    GetStages: validatedOperation(
      HTTP_API_VALIDATION,
      'GetStages',
      z.strictObject({ ApiId: z.string(), ...pageMembers }),
      (input): Output<GetStagesCommandOutput> => {
        findHttpApi(core, input.ApiId);
        const { items, next } = page(core.stages.list(input.ApiId), pageSize(input), input.NextToken);
        return { Items: items.map(wireStage), NextToken: next };
      },
    ),

    UpdateStage: validatedOperation(HTTP_API_VALIDATION, 'UpdateStage', z.strictObject(members), (input) => {
      const before = find(input.ApiId, input.StageName);
      const autoDeploy = input.AutoDeploy ?? before.autoDeploy;
      check('UpdateStage', input, autoDeploy);
      return put(input.ApiId, {
        ...before,
        description: input.Description ?? before.description,
        autoDeploy,
        deploymentId: input.DeploymentId ?? before.deploymentId,
        variables: { ...before.variables, ...input.StageVariables },
        throttling: { ...before.throttling, ...throttlingOf(input.DefaultRouteSettings) },
        routeThrottling: { ...before.routeThrottling, ...routeThrottling(input.RouteSettings) },
        updatedMs: core.cloud.clock.now(),
      });
    }),

    DeleteStage: validatedOperation(
      HTTP_API_VALIDATION,
      'DeleteStage',
      z.strictObject({ ApiId: z.string(), StageName: z.string() }),
      (input): void => {
        find(input.ApiId, input.StageName);
        core.state.change(() => core.stages.delete(input.ApiId, input.StageName));
      },
    ),
  };
}

export function newStage(name: string, nowMs: number): HttpStageRecord {
  return {
    name,
    autoDeploy: false,
    variables: {},
    throttling: {},
    routeThrottling: {},
    tags: {},
    createdMs: nowMs,
    updatedMs: nowMs,
    isManaged: false,
  };
}

/** Without the members that were not given, so that it can be laid over another. */
function throttlingOf(settings: RouteSettings | undefined): Throttling {
  return {
    ...(settings?.ThrottlingRateLimit !== undefined && { rateLimit: settings.ThrottlingRateLimit }),
    ...(settings?.ThrottlingBurstLimit !== undefined && { burstLimit: settings.ThrottlingBurstLimit }),
  };
}

function routeThrottling(settings: Readonly<Record<string, RouteSettings>> = {}): Record<string, Throttling> {
  return Object.fromEntries(
    Object.entries(settings).map(([routeKey, route]) => [routeKey, throttlingOf(route)]),
  );
}

function wireStage(stage: HttpStageRecord): Stage {
  return {
    ...(stage.isManaged && { ApiGatewayManaged: true }),
    AutoDeploy: stage.autoDeploy,
    CreatedDate: new Date(stage.createdMs),
    DefaultRouteSettings: wireSettings(stage.throttling),
    DeploymentId: stage.deploymentId,
    Description: stage.description,
    LastDeploymentStatusMessage: stage.deploymentMessage,
    LastUpdatedDate: new Date(stage.updatedMs),
    RouteSettings: Object.fromEntries(
      Object.entries(stage.routeThrottling).map(([routeKey, limits]) => [routeKey, wireSettings(limits)]),
    ),
    StageName: stage.name,
    StageVariables: stage.variables,
    Tags: stage.tags,
  };
}

function wireSettings({ rateLimit, burstLimit }: Throttling) {
  return { DetailedMetricsEnabled: false, ThrottlingBurstLimit: burstLimit, ThrottlingRateLimit: rateLimit };
}
