import type { GetRestApisCommandOutput, RestApi } from '@aws-sdk/client-api-gateway';
import { z } from 'zod';
import type { Output } from '../../output.ts';
import { validatedOperation } from '../../validated-operation.ts';
import { badRequest, REST_API_VALIDATION, supportedOnly } from '../errors.ts';
import { newApiId, newPartId } from '../state/ids.ts';
import { page } from '../state/page.ts';
import { tags } from '../state/stage-members.ts';
import { pageMembers } from './page-members.ts';
import { applyPatches, type Patch, patchOperations, unescaped } from './patch.ts';
import { findRestApi, type RestApiCore, type RestApiRecord } from './records.ts';

export function apiOperations(core: RestApiCore) {
  return {
    CreateRestApi: validatedOperation(
      REST_API_VALIDATION,
      'CreateRestApi',
      z.strictObject({
        name: z.string(),
        description: z.string().optional(),
        version: z.string().optional(),
        binaryMediaTypes: z.array(z.string()).optional(),
        apiKeySource: z.string().optional(),
        disableExecuteApiEndpoint: z.boolean().optional(),
        endpointConfiguration: z
          .strictObject({ types: z.array(z.string()).optional(), ipAddressType: z.string().optional() })
          .optional(),
        tags: tags.optional(),
      }),
      (input) => {
        const only = (member: string, value: string | boolean | undefined, supported: (string | boolean)[]) =>
          supportedOnly(REST_API_VALIDATION, 'CreateRestApi', member, value, supported);
        only('apiKeySource', input.apiKeySource, ['HEADER']);
        only('disableExecuteApiEndpoint', input.disableExecuteApiEndpoint, [false]);
        const { types = ['EDGE'], ipAddressType } = input.endpointConfiguration ?? {};
        only('ipAddressType', ipAddressType, ['ipv4']);
        for (const type of types) only('endpoint type', type, ['EDGE', 'REGIONAL']);
        if (types.length !== 1) {
          throw badRequest(
            types.length === 0
              ? 'REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.'
              : 'Cannot create an api with multiple Endpoint Types.',
          );
        }
        if (input.name === '') throw badRequest('Rest API name must be non-empty');
        if (input.description === '') throw badRequest('Description cannot be an empty string');
        const api: RestApiRecord = {
          id: newApiId(),
          name: input.name,
          description: input.description,
          version: input.version,
          binaryMediaTypes: input.binaryMediaTypes ?? [],
          endpointType: types[0] === 'REGIONAL' ? 'REGIONAL' : 'EDGE',
          rootResourceId: newPartId(),
          tags: input.tags ?? {},
          createdMs: core.cloud.clock.now(),
        };
        core.state.change(() => {
          core.apis.put(api.id, api);
          core.resources.put(api.id, api.rootResourceId, { id: api.rootResourceId, path: '/', methods: {} });
        });
        return wireApi(api);
      },
    ),

    GetRestApi: validatedOperation(
      REST_API_VALIDATION,
      'GetRestApi',
      z.strictObject({ restApiId: z.string() }),
      (input) => wireApi(findRestApi(core, input.restApiId)),
    ),

    GetRestApis: validatedOperation(
      REST_API_VALIDATION,
      'GetRestApis',
      z.strictObject(pageMembers),
      (input): Output<GetRestApisCommandOutput> => {
        const { items, next } = page(core.apis.list(), input.limit, input.position);
        return { items: items.map(wireApi), position: next };
      },
    ),

    UpdateRestApi: validatedOperation(
      REST_API_VALIDATION,
      'UpdateRestApi',
      z.strictObject({ restApiId: z.string(), patchOperations }),
      (input) => {
        const before = findRestApi(core, input.restApiId);
        const api = applyPatches('UpdateRestApi', PATCHES, before, input.patchOperations);
        core.state.change(() => core.apis.put(api.id, api));
        return wireApi(api);
      },
    ),

    DeleteRestApi: validatedOperation(
      REST_API_VALIDATION,
      'DeleteRestApi',
      z.strictObject({ restApiId: z.string() }),
      (input): void => {
        findRestApi(core, input.restApiId);
        core.state.change(() => core.apis.delete(input.restApiId));
      },
    ),
  };
}

const PATCHES: readonly Patch<RestApiRecord>[] = [
  { path: /^\/name$/, ops: ['replace'], apply: (api, { value = '' }) => ({ ...api, name: value }) },
  { path: /^\/description$/, ops: ['replace'], apply: (api, { value }) => ({ ...api, description: value }) },
  { path: /^\/version$/, ops: ['replace'], apply: (api, { value }) => ({ ...api, version: value }) },
  {
    path: /^\/binaryMediaTypes\/(.+)$/,
    ops: ['add', 'remove', 'replace'],
    apply: (api, { op, value }, [name = '']) => {
      const type = unescaped(name);
      const others = api.binaryMediaTypes.filter((existing) => existing !== type);
      if (op === 'remove') return { ...api, binaryMediaTypes: others };
      return {
        ...api,
        binaryMediaTypes: [...others, op === 'replace' && value !== undefined ? value : type],
      };
    },
  },
];

function wireApi(api: RestApiRecord): RestApi {
  return {
    id: api.id,
    name: api.name,
    description: api.description,
    createdDate: new Date(api.createdMs),
    version: api.version,
    ...(api.binaryMediaTypes.length > 0 && { binaryMediaTypes: api.binaryMediaTypes }),
    apiKeySource: 'HEADER',
    endpointConfiguration: { types: [api.endpointType], ipAddressType: 'ipv4' },
    ...(Object.keys(api.tags).length > 0 && { tags: api.tags }),
    disableExecuteApiEndpoint: false,
    rootResourceId: api.rootResourceId,
  };
}
