import type { GetResourcesCommandOutput, Resource } from '@aws-sdk/client-api-gateway';
import { z } from 'zod';
import type { Output } from '../../output.ts';
import { validatedOperation } from '../../validated-operation.ts';
import { badRequest, conflict, REST_API_VALIDATION, supportedOnly } from '../errors.ts';
import { newPartId } from '../state/ids.ts';
import { page } from '../state/page.ts';
import { pageMembers } from './page-members.ts';
import { findResource, findRestApi, type ResourceRecord, type RestApiCore } from './records.ts';
import { wireMethod } from './wire.ts';

/** Text, or a variable: `{name}`, `{name+}`. */
const PATH_PART = /^(?:[A-Za-z0-9._\-:$~@!,;=]+|\{[\w.\-:]+\+?\})$/;

const embed = z.array(z.string()).optional();

export function resourceOperations(core: RestApiCore) {
  return {
    CreateResource: validatedOperation(
      REST_API_VALIDATION,
      'CreateResource',
      z.strictObject({ restApiId: z.string(), parentId: z.string(), pathPart: z.string() }),
      (input) => {
        const parent = findResource(core, input.restApiId, input.parentId);
        checkPathPart(core, input.restApiId, parent, input.pathPart);
        const resource = {
          id: newPartId(),
          parentId: parent.id,
          pathPart: input.pathPart,
          path: `${parent.path === '/' ? '' : parent.path}/${input.pathPart}`,
          methods: {},
        };
        core.state.change(() => core.resources.put(input.restApiId, resource.id, resource));
        return wireResource(resource, false);
      },
    ),

    GetResource: validatedOperation(
      REST_API_VALIDATION,
      'GetResource',
      z.strictObject({ restApiId: z.string(), resourceId: z.string(), embed }),
      (input) =>
        wireResource(
          findResource(core, input.restApiId, input.resourceId),
          embedsMethods('GetResource', input),
        ),
    ),

    GetResources: validatedOperation(
      REST_API_VALIDATION,
      'GetResources',
      z.strictObject({ restApiId: z.string(), embed, ...pageMembers }),
      (input): Output<GetResourcesCommandOutput> => {
        findRestApi(core, input.restApiId);
        const withMethods = embedsMethods('GetResources', input);
        const sorted = core.resources.list(input.restApiId).sort((a, b) => (a.path < b.path ? -1 : 1));
        const { items, next } = page(sorted, input.limit, input.position);
        return { items: items.map((resource) => wireResource(resource, withMethods)), position: next };
      },
    ),

    DeleteResource: validatedOperation(
      REST_API_VALIDATION,
      'DeleteResource',
      z.strictObject({ restApiId: z.string(), resourceId: z.string() }),
      (input): void => {
        const resource = findResource(core, input.restApiId, input.resourceId);
        if (resource.parentId === undefined) throw badRequest('Root resource cannot be deleted');
        core.state.change(() => {
          for (const { id, path } of core.resources.list(input.restApiId)) {
            if (id === resource.id || path.startsWith(`${resource.path}/`)) {
              core.resources.delete(input.restApiId, id);
            }
          }
        });
      },
    ),
  };
}

function embedsMethods(
  operationName: string,
  { embed: given = [] }: { embed?: string[] | undefined },
): boolean {
  for (const name of given) supportedOnly(REST_API_VALIDATION, operationName, 'embed', name, ['methods']);
  return given.length > 0;
}

function checkPathPart(core: RestApiCore, apiId: string, parent: ResourceRecord, pathPart: string): void {
  if (!PATH_PART.test(pathPart)) {
    throw badRequest(
      "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
    );
  }
  if (parent.pathPart?.endsWith('+}') === true) {
    throw badRequest(`Cannot create a child of a resource with a greedy path variable: ${parent.pathPart}`);
  }
  const siblings = core.resources.list(apiId).filter(({ parentId }) => parentId === parent.id);
  if (siblings.some((sibling) => sibling.pathPart === pathPart)) {
    throw conflict(`Another resource with the same parent already has this name: ${pathPart}`);
  }
  const variable = siblings.find((sibling) => sibling.pathPart?.startsWith('{') === true);
  if (pathPart.startsWith('{') && variable !== undefined) {
    throw badRequest(
      `A sibling (${variable.pathPart}) of this resource already has a variable path part -- only one is allowed`,
    );
  }
}

function wireResource(resource: ResourceRecord, withMethods: boolean): Resource {
  const methods = Object.entries(resource.methods);
  return {
    id: resource.id,
    parentId: resource.parentId,
    pathPart: resource.pathPart,
    path: resource.path,
    ...(methods.length > 0 && {
      resourceMethods: Object.fromEntries(
        methods.map(([name, method]) => [name, withMethods ? wireMethod(resource.id, name, method) : {}]),
      ),
    }),
  };
}
