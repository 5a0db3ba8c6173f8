import { badRequest } from '../errors.ts';
import { newPartId } from '../state/ids.ts';
import { findHttpApi, type HttpApiCore, type HttpDeploymentRecord, type HttpSnapshot } from './records.ts';

const NO_ROUTE = 'At least one route is required before deploying the Api.';

/** A deployment of the API as it is now. */
export function deploy(
  core: HttpApiCore,
  apiId: string,
  description: string | undefined,
  isAutomatic = false,
): HttpDeploymentRecord {
  if (core.routes.list(apiId).length === 0) throw badRequest(NO_ROUTE);
  const deployment = {
    id: newPartId(),
    description,
    isAutomatic,
    createdMs: core.cloud.clock.now(),
    snapshot: snapshot(core, apiId),
  };
  core.deployments.put(apiId, deployment.id, deployment);
  return deployment;
}

/** After a change of an API: brings its stages with AutoDeploy up to it. */
export function deployAutomatically(core: HttpApiCore, apiId: string): void {
  const stages = core.stages.list(apiId).filter(({ autoDeploy }) => autoDeploy);
  if (stages.length === 0) return;
  const updatedMs = core.cloud.clock.now();
  if (core.routes.list(apiId).length === 0) {
    const deploymentMessage = `Deployment attempt failed: ${NO_ROUTE}`;
    for (const stage of stages)
      core.stages.put(apiId, stage.name, { ...stage, deploymentMessage, updatedMs });
    return;
  }
  const { id } = deploy(
    core,
    apiId,
    'Automatic deployment triggered by changes to the Api configuration',
    true,
  );
  const deploymentMessage = `Successfully deployed stage with deployment ID '${id}'`;
  for (const stage of stages) {
    core.stages.put(apiId, stage.name, { ...stage, deploymentId: id, deploymentMessage, updatedMs });
  }
  dropUnused(core, apiId);
}

/** Differs from AWS, which keeps them: a deployment nobody asked for goes with the last stage that served it. */
function dropUnused(core: HttpApiCore, apiId: string): void {
  const used = new Set(core.stages.list(apiId).map(({ deploymentId }) => deploymentId));
  for (const { id, isAutomatic } of core.deployments.list(apiId)) {
    if (isAutomatic && !used.has(id)) core.deployments.delete(apiId, id);
  }
}

function snapshot(core: HttpApiCore, apiId: string): HttpSnapshot {
  const integrations = new Map(core.integrations.list(apiId).map((record) => [record.id, record]));
  return {
    cors: findHttpApi(core, apiId).cors,
    // A route without an integration leads nowhere.
    routes: core.routes.list(apiId).flatMap(({ routeKey, integrationId = '' }) => {
      const integration = integrations.get(integrationId);
      if (integration === undefined) return [];
      const { functionArn, payloadFormatVersion, timeoutMs } = integration;
      return { routeKey, functionArn, payloadFormatVersion, timeoutMs };
    }),
  };
}
