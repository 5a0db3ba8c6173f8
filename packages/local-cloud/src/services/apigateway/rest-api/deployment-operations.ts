import type { Deployment, GetDeploymentsCommandOutput } from '@aws-sdk/client-api-gateway';
import { z } from 'zod';
import type { Output } from '../../output.ts';
import { validatedOperation } from '../../validated-operation.ts';
import { badRequest, notFound, REST_API_VALIDATION, supportedOnly } from '../errors.ts';
import { page } from '../state/page.ts';
import { stageVariables } from '../state/stage-members.ts';
import { deploy } from './deploy.ts';
import { pageMembers } from './page-members.ts';
import { findRestApi, type RestApiCore, type RestDeploymentRecord } from './records.ts';
import { checkStageName, newStage } from './stage-operations.ts';

export function deploymentOperations(core: RestApiCore) {
  const find = (apiId: string, id: string): RestDeploymentRecord => {
    findRestApi(core, apiId);
    const deployment = core.deployments.get(apiId, id);
    if (deployment === undefined) throw notFound('Invalid Deployment identifier specified');
    return deployment;
  };

  return {
    CreateDeployment: validatedOperation(
      REST_API_VALIDATION,
      'CreateDeployment',
      z.strictObject({
        restApiId: z.string(),
        stageName: z.string().optional(),
        stageDescription: z.string().optional(),
        description: z.string().optional(),
        variables: stageVariables.optional(),
        cacheClusterEnabled: z.boolean().optional(),
        tracingEnabled: z.boolean().optional(),
      }),
      (input) => {
        const only = (member: string, value: boolean | undefined) =>
          supportedOnly(REST_API_VALIDATION, 'CreateDeployment', member, value, [false]);
        only('cacheClusterEnabled', input.cacheClusterEnabled);
        only('tracingEnabled', input.tracingEnabled);
        findRestApi(core, input.restApiId);
        const { stageName, stageDescription, variables } = input;
        if (stageName !== undefined) checkStageName(stageName);
        return core.state.change(() => {
          const deployment = deploy(core, input.restApiId, input.description);
          if (stageName !== undefined) {
            const before =
              core.stages.get(input.restApiId, stageName) ??
              newStage(stageName, deployment.id, deployment.createdMs);
            core.stages.put(input.restApiId, stageName, {
              ...before,
              deploymentId: deployment.id,
              description: stageDescription ?? before.description,
              variables: variables ?? before.variables,
              updatedMs: deployment.createdMs,
            });
          }
          return wireDeployment(deployment);
        });
      },
    ),

    GetDeployment: validatedOperation(
      REST_API_VALIDATION,
      'GetDeployment',
      z.strictObject({ restApiId: z.string(), deploymentId: z.string() }),
      (input) => wireDeployment(find(input.restApiId, input.deploymentId)),
    ),

    GetDeployments: validatedOperation(
      REST_API_VALIDATION,
      'GetDeployments',
      z.strictObject({ restApiId: z.string(), ...pageMembers }),
      (input): Output<GetDeploymentsCommandOutput> => {
        findRestApi(core, input.restApiId);
        const { items, next } = page(core.deployments.list(input.restApiId), input.limit, input.position);
        return { items: items.map(wireDeployment), position: next };
      },
    ),

    DeleteDeployment: validatedOperation(
      REST_API_VALIDATION,
      'DeleteDeployment',
      z.strictObject({ restApiId: z.string(), deploymentId: z.string() }),
      (input): void => {
        find(input.restApiId, input.deploymentId);
        const stages = core.stages.list(input.restApiId);
        if (stages.some(({ deploymentId }) => deploymentId === input.deploymentId)) {
          throw badRequest('Active stages pointing to this deployment must be moved or deleted');
        }
        core.state.change(() => core.deployments.delete(input.restApiId, input.deploymentId));
      },
    ),
  };
}

function wireDeployment({ id, description, createdMs }: RestDeploymentRecord): Deployment {
  return { id, description, createdDate: new Date(createdMs) };
}
