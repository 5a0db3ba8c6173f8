import type { Api, GetApisCommandOutput } from '@aws-sdk/client-apigatewayv2';
import { z } from 'zod';
import type { Output } from '../../output.ts';
import { validatedOperation } from '../../validated-operation.ts';
import { badRequest, HTTP_API_VALIDATION, supportedOnly } from '../errors.ts';
import { invokeUrl } from '../invoke-url.ts';
import { newApiId, newPartId } from '../state/ids.ts';
import { page } from '../state/page.ts';
import { tags } from '../state/stage-members.ts';
import { corsMember, corsOf, wireCors } from './cors-configuration.ts';
import { deployAutomatically } from './deploy.ts';
import { newIntegration } from './integration-operations.ts';
import { pageMembers, pageSize } from './page-members.ts';
import { findHttpApi, type HttpApiCore, type HttpApiRecord } from './records.ts';
import { checkRouteKey, DEFAULT_ROUTE } from './route-key.ts';
import { newStage } from './stage-operations.ts';

const ROUTE_SELECTION = '$request.method $request.path';
const API_KEY_SELECTION = '$request.header.x-api-key';

const members = {
  Name: z.string().min(1).max(128),
  Description: z.string().max(1024).optional(),
  Version: z.string().max(64).optional(),
  CorsConfiguration: corsMember.optional(),
  DisableExecuteApiEndpoint: z.boolean().optional(),
  RouteSelectionExpression: z.string().optional(),
  ApiKeySelectionExpression: z.string().optional(),
  IpAddressType: z.string().optional(),
};
type Given = Omit<z.output<z.ZodObject<typeof members>>, 'Name'>;

export function apiOperations(core: HttpApiCore) {
  const wire = (api: HttpApiRecord): Api => ({
    ApiEndpoint: invokeUrl(core.cloud, api.id),
    ApiId: api.id,
    ApiKeySelectionExpression: API_KEY_SELECTION,
    CorsConfiguration: api.cors === undefined ? undefined : wireCors(api.cors),
    CreatedDate: new Date(api.createdMs),
    Description: api.description,
    DisableExecuteApiEndpoint: false,
    IpAddressType: 'ipv4',
    Name: api.name,
    ProtocolType: 'HTTP',
    RouteSelectionExpression: ROUTE_SELECTION,
    Tags: api.tags,
    Version: api.version,
  });

  return {
    CreateApi: validatedOperation(
      HTTP_API_VALIDATION,
      'CreateApi',
      z.strictObject({
        ...members,
        ProtocolType: z.string(),
        Tags: tags.optional(),
        RouteKey: z.string().optional(),
        Target: z.string().optional(),
      }),
      (input) => {
        checkSupported('CreateApi', input);
        supportedOnly(HTTP_API_VALIDATION, 'CreateApi', 'ProtocolType', input.ProtocolType, ['HTTP']);
        if (input.RouteKey !== undefined && input.Target === undefined) {
          throw badRequest('Target is required when RouteKey is specified');
        }
        const api = {
          id: newApiId(),
          name: input.Name,
          description: input.Description,
          version: input.Version,
          cors: corsOf(input.CorsConfiguration),
          tags: input.Tags ?? {},
          createdMs: core.cloud.clock.now(),
        };
        const { Target: target } = input;
        core.state.change(() => {
          core.apis.put(api.id, api);
          if (target !== undefined) quickCreate(core, api, input.RouteKey ?? DEFAULT_ROUTE, target);
        });
        return wire(api);
      },
    ),

    GetApi: validatedOperation(
      HTTP_API_VALIDATION,
      'GetApi',
      z.strictObject({ ApiId: z.string() }),
      (input) => wire(findHttpApi(core, input.ApiId)),
    ),

    GetApis: validatedOperation(
      HTTP_API_VALIDATION,
      'GetApis',
      z.strictObject(pageMembers),
      (input): Output<GetApisCommandOutput> => {
        const { items, next } = page(core.apis.list(), pageSize(input), input.NextToken);
        return { Items: items.map(wire), NextToken: next };
      },
    ),

    UpdateApi: validatedOperation(
      HTTP_API_VALIDATION,
      'UpdateApi',
      z.strictObject({ ...members, ApiId: z.string(), Name: members.Name.optional() }),
      (input) => {
        checkSupported('UpdateApi', input);
        const before = findHttpApi(core, input.ApiId);
        const api = {
          ...before,
          name: input.Name ?? before.name,
          description: input.Description ?? before.description,
          version: input.Version ?? before.version,
          cors: input.CorsConfiguration === undefined ? before.cors : corsOf(input.CorsConfiguration),
        };
        put(core, api);
        return wire(api);
      },
    ),

    DeleteCorsConfiguration: validatedOperation(
      HTTP_API_VALIDATION,
      'DeleteCorsConfiguration',
      z.strictObject({ ApiId: z.string() }),
      (input): void => put(core, { ...findHttpApi(core, input.ApiId), cors: undefined }),
    ),

    DeleteApi: validatedOperation(
      HTTP_API_VALIDATION,
      'DeleteApi',
      z.strictObject({ ApiId: z.string() }),
      (input): void => {
        findHttpApi(core, input.ApiId);
        core.state.change(() => core.apis.delete(input.ApiId));
      },
    ),
  };
}

function put(core: HttpApiCore, api: HttpApiRecord): void {
  core.state.change(() => {
    core.apis.put(api.id, api);
    deployAutomatically(core, api.id);
  });
}

/** Everything that a target needs: an integration, its route, and a $default stage that follows every change. */
function quickCreate(core: HttpApiCore, api: HttpApiRecord, routeKey: string, target: string): void {
  checkRouteKey(routeKey);
  const integration = newIntegration(target, {}, true);
  const route = { id: newPartId(), routeKey, integrationId: integration.id, isManaged: true };
  const stage = { ...newStage('$default', api.createdMs), autoDeploy: true, isManaged: true };
  core.integrations.put(api.id, integration.id, integration);
  core.routes.put(api.id, route.id, route);
  core.stages.put(api.id, stage.name, stage);
  deployAutomatically(core, api.id);
}

function checkSupported(operationName: string, given: Given): void {
  const only = (
    member: Extract<keyof Given, string>,
    value: string | boolean | undefined,
    supported: string | boolean,
  ) => supportedOnly(HTTP_API_VALIDATION, operationName, member, value, [supported]);
  only('DisableExecuteApiEndpoint', given.DisableExecuteApiEndpoint, false);
  only('RouteSelectionExpression', given.RouteSelectionExpression, ROUTE_SELECTION);
  only('ApiKeySelectionExpression', given.ApiKeySelectionExpression, API_KEY_SELECTION);
  only('IpAddressType', given.IpAddressType, 'ipv4');
}
