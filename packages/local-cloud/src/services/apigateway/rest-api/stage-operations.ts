import type { GetStagesCommandOutput, Stage } from '@aws-sdk/client-api-gateway';
import { z } from 'zod';
import type { Output } from '../../output.ts';
import { validatedOperation } from '../../validated-operation.ts';
import { badRequest, conflict, notFound, REST_API_VALIDATION, supportedOnly } from '../errors.ts';
import { stageVariables, tags } from '../state/stage-members.ts';
import { applyPatches, patchOperations } from './patch.ts';
import { findRestApi, type RestApiCore, type RestStageRecord } from './records.ts';
import { STAGE_PATCHES } from './stage-patches.ts';

export function stageOperations(core: RestApiCore) {
  const find = (apiId: string, name: string): RestStageRecord => {
    findRestApi(core, apiId);
    const stage = core.stages.get(apiId, name);
    if (stage === undefined) throw notFound('Invalid stage identifier specified');
    return stage;
  };
  const checkDeployment = (apiId: string, id: string): void => {
    if (core.deployments.get(apiId, id) === undefined) {
      throw badRequest('Deployment id does not exist');
    }
  };

  return {
    CreateStage: validatedOperation(
      REST_API_VALIDATION,
      'CreateStage',
      z.strictObject({
        restApiId: z.string(),
        stageName: z.string(),
        deploymentId: z.string(),
        description: z.string().optional(),
        variables: stageVariables.optional(),
        cacheClusterEnabled: z.boolean().optional(),
        tracingEnabled: z.boolean().optional(),
        tags: tags.optional(),
      }),
      (input) => {
        const only = (member: string, value: boolean | undefined) =>
          supportedOnly(REST_API_VALIDATION, 'CreateStage', member, value, [false]);
        only('cacheClusterEnabled', input.cacheClusterEnabled);
        only('tracingEnabled', input.tracingEnabled);
        findRestApi(core, input.restApiId);
        checkStageName(input.stageName);
        checkDeployment(input.restApiId, input.deploymentId);
        if (core.stages.get(input.restApiId, input.stageName) !== undefined) {
          throw conflict('Stage already exists');
        }
        const stage = {
          ...newStage(input.stageName, input.deploymentId, core.cloud.clock.now()),
          description: input.description,
          variables: input.variables ?? {},
          tags: input.tags ?? {},
        };
        core.state.change(() => core.stages.put(input.restApiId, stage.name, stage));
        return wireStage(stage);
      },
    ),

    GetStage: validatedOperation(
      REST_API_VALIDATION,
      'GetStage',
      z.strictObject({ restApiId: z.string(), stageName: z.string() }),
      (input) => wireStage(find(input.restApiId, input.stageName)),
    ),

    GetStages: validatedOperation(
      REST_API_VALIDATION,
      'GetStages',
      z.strictObject({ restApiId: z.string(), deploymentId: z.string().optional() }),
      (input): Output<GetStagesCommandOutput> => {
        findRestApi(core, input.restApiId);
        const stages = core.stages
          .list(input.restApiId)
          .filter(
            ({ deploymentId }) => input.deploymentId === undefined || deploymentId === input.deploymentId,
          );
        return { item: stages.map(wireStage) };
      },
    ),

    UpdateStage: validatedOperation(
      REST_API_VALIDATION,
      'UpdateStage',
      z.strictObject({ restApiId: z.string(), stageName: z.string(), patchOperations }),
      (input) => {
        const before = find(input.restApiId, input.stageName);
        const stage = {
          ...applyPatches('UpdateStage', STAGE_PATCHES, before, input.patchOperations),
          updatedMs: core.cloud.clock.now(),
        };
        checkDeployment(input.restApiId, stage.deploymentId);
        core.state.change(() => core.stages.put(input.restApiId, stage.name, stage));
        return wireStage(stage);
      },
    ),

    DeleteStage: validatedOperation(
      REST_API_VALIDATION,
      'DeleteStage',
      z.strictObject({ restApiId: z.string(), stageName: z.string() }),
      (input): void => {
        find(input.restApiId, input.stageName);
        core.state.change(() => core.stages.delete(input.restApiId, input.stageName));
      },
    ),
  };
}

export function checkStageName(name: string): void {
  if (!/^[\w-]{1,128}$/.test(name)) throw badRequest('Stage name only allows a-zA-Z0-9_-');
}

export function newStage(name: string, deploymentId: string, nowMs: number): RestStageRecord {
  return {
    name,
    deploymentId,
    variables: {},
    methodThrottling: {},
    tags: {},
    createdMs: nowMs,
    updatedMs: nowMs,
  };
}

function wireStage(stage: RestStageRecord): Stage {
  return {
    deploymentId: stage.deploymentId,
    stageName: stage.name,
    description: stage.description,
    cacheClusterEnabled: false,
    cacheClusterStatus: 'NOT_AVAILABLE',
    methodSettings: Object.fromEntries(
      Object.entries(stage.methodThrottling).map(([key, { rateLimit, burstLimit }]) => [
        key,
        {
          metricsEnabled: false,
          dataTraceEnabled: false,
          cachingEnabled: false,
          throttlingRateLimit: rateLimit,
          throttlingBurstLimit: burstLimit,
        },
      ]),
    ),
    ...(Object.keys(stage.variables).length > 0 && { variables: stage.variables }),
    tracingEnabled: false,
    ...(Object.keys(stage.tags).length > 0 && { tags: stage.tags }),
    createdDate: new Date(stage.createdMs),
    lastUpdatedDate: new Date(stage.updatedMs),
  };
}
