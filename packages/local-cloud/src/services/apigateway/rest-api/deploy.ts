import { badRequest } from '../errors.ts';
import { newPartId } from '../state/ids.ts';
import { findRestApi, type RestApiCore, type RestDeploymentRecord, type RestSnapshot } from './records.ts';

/** A deployment of the API as it is now. */
export function deploy(
  core: RestApiCore,
  apiId: string,
  description: string | undefined,
): RestDeploymentRecord {
  const deployment = {
    id: newPartId(),
    description,
    createdMs: core.cloud.clock.now(),
    snapshot: snapshot(core, apiId),
  };
  core.deployments.put(apiId, deployment.id, deployment);
  return deployment;
}

function snapshot(core: RestApiCore, apiId: string): RestSnapshot {
  const { binaryMediaTypes } = findRestApi(core, apiId);
  const resources = core.resources.list(apiId).map(({ id, path, methods }) => ({
    id,
    path,
    methods: Object.fromEntries(
      Object.entries(methods).map(([name, { integration }]) => {
        if (integration === undefined) throw badRequest('No integration defined for method');
        const { functionArn, httpMethod, timeoutMs } = integration;
        return [name, { functionArn, httpMethod, timeoutMs }];
      }),
    ),
  }));
  if (resources.every(({ methods }) => Object.keys(methods).length === 0)) {
    throw badRequest("The REST API doesn't contain any methods");
  }
  return { binaryMediaTypes, resources };
}
