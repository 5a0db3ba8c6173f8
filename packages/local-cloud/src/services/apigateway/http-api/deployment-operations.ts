import type { Deployment, GetDeploymentsCommandOutput } from '@aws-sdk/client-apigatewayv2';
import { z } from 'zod';
import type { Output } from '../../output.ts';
import { validatedOperation } from '../../validated-operation.ts';
import { badRequest, HTTP_API_VALIDATION, notFound } from '../errors.ts';
import { page } from '../state/page.ts';
import { deploy } from './deploy.ts';
import { pageMembers, pageSize } from './page-members.ts';
import { findHttpApi, type HttpApiCore, type HttpDeploymentRecord } from './records.ts';

export function deploymentOperations(core: HttpApiCore) {
  const find = (apiId: string, id: string): HttpDeploymentRecord => {
    findHttpApi(core, apiId);
    const deployment = core.deployments.get(apiId, id);
    if (deployment === undefined) throw notFound('Invalid deployment identifier specified');
    return deployment;
  };

  return {
    CreateDeployment: validatedOperation(
      HTTP_API_VALIDATION,
      'CreateDeployment',
      z.strictObject({
        ApiId: z.string(),
        Description: z.string().max(1024).optional(),
        StageName: z.string().optional(),
      }),
      (input) => {
        findHttpApi(core, input.ApiId);
        const stage =
          input.StageName === undefined ? undefined : core.stages.get(input.ApiId, input.StageName);
        if (input.StageName !== undefined && stage === undefined) {
          throw notFound('Invalid stage identifier specified');
        }
        if (stage?.autoDeploy === true) {
          throw badRequest('Unable to set DeploymentId for a stage with AutoDeploy enabled');
        }
        const deployment = core.state.change(() => {
          const made = deploy(core, input.ApiId, input.Description);
          if (stage !== undefined) {
            const updated = { ...stage, deploymentId: made.id, updatedMs: made.createdMs };
            core.stages.put(input.ApiId, stage.name, updated);
          }
          return made;
        });
        return wireDeployment(deployment);
      },
    ),

    GetDeployment: validatedOperation(
      HTTP_API_VALIDATION,
      'GetDeployment',
      z.strictObject({ ApiId: z.string(), DeploymentId: z.string() }),
      (input) => wireDeployment(find(input.ApiId, input.DeploymentId)),
    ),

    GetDeployments: validatedOperation(
      HTTP_API_VALIDATION,
      'GetDeployments',
      z.strictObject({ ApiId: z.string(), ...pageMembers }),
      (input): Output<GetDeploymentsCommandOutput> => {
        findHttpApi(core, input.ApiId);
        const { items, next } = page(core.deployments.list(input.ApiId), pageSize(input), input.NextToken);
        return { Items: items.map(wireDeployment), NextToken: next };
      },
    ),

    DeleteDeployment: validatedOperation(
      HTTP_API_VALIDATION,
      'DeleteDeployment',
      z.strictObject({ ApiId: z.string(), DeploymentId: z.string() }),
      (input): void => {
        find(input.ApiId, input.DeploymentId);
        if (core.stages.list(input.ApiId).some(({ deploymentId }) => deploymentId === input.DeploymentId)) {
          throw badRequest('Active stages pointing to this deployment must be moved or deleted');
        }
        core.state.change(() => core.deployments.delete(input.ApiId, input.DeploymentId));
      },
    ),
  };
}

function wireDeployment(deployment: HttpDeploymentRecord): Deployment {
  return {
    AutoDeployed: deployment.isAutomatic,
    CreatedDate: new Date(deployment.createdMs),
    DeploymentId: deployment.id,
    DeploymentStatus: 'DEPLOYED',
    Description: deployment.description,
  };
}
