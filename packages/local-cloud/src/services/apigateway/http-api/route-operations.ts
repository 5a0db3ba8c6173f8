import type { GetRoutesCommandOutput, Route } from '@aws-sdk/client-apigatewayv2';
import { z } from 'zod';
import type { Output } from '../../output.ts';
import { validatedOperation } from '../../validated-operation.ts';
import { badRequest, conflict, HTTP_API_VALIDATION, notFound, supportedOnly } from '../errors.ts';
import { newPartId } from '../state/ids.ts';
import { page } from '../state/page.ts';
import { deployAutomatically } from './deploy.ts';
import { pageMembers, pageSize } from './page-members.ts';
import { findHttpApi, type HttpApiCore, type RouteRecord } from './records.ts';
import { checkRouteKey } from './route-key.ts';

const members = {
  ApiId: z.string(),
  Target: z.string().max(128).optional(),
  AuthorizationType: z.string().optional(),
  ApiKeyRequired: z.boolean().optional(),
  OperationName: z.string().max(64).optional(),
};

export function routeOperations(core: HttpApiCore) {
  const find = (apiId: string, id: string): RouteRecord => {
    findHttpApi(core, apiId);
    const route = core.routes.get(apiId, id);
    if (route === undefined) throw notFound('Invalid Route identifier specified');
    return route;
  };

  /** The integration of `integrations/ID`. */
  const integrationId = (apiId: string, target: string | undefined): string | undefined => {
    if (target === undefined || target === '') return undefined;
    const [, id] = /^integrations\/(\w+)$/.exec(target) ?? [];
    if (id === undefined) {
      throw badRequest(`Invalid Target: expected integrations/INTEGRATION_ID, found '${target}'`);
    }
    if (core.integrations.get(apiId, id) === undefined) {
      throw notFound('Invalid Integration identifier specified');
    }
    return id;
  };

  const checkUnused = (apiId: string, routeKey: string, routeId?: string): void => {
    if (core.routes.list(apiId).some((route) => route.routeKey === routeKey && route.id !== routeId)) {
      throw conflict(`Route with key ${routeKey} already exists for this API`);
    }
  };

  return {
    CreateRoute: validatedOperation(
      HTTP_API_VALIDATION,
      'CreateRoute',
      z.strictObject({ ...members, RouteKey: z.string().max(1024) }),
      (input) => {
        checkSupported('CreateRoute', input);
        findHttpApi(core, input.ApiId);
        checkRouteKey(input.RouteKey);
        checkUnused(input.ApiId, input.RouteKey);
        const route = {
          id: newPartId(),
          routeKey: input.RouteKey,
          integrationId: integrationId(input.ApiId, input.Target),
          operationName: input.OperationName,
          isManaged: false,
        };
        core.state.change(() => {
          core.routes.put(input.ApiId, route.id, route);
          deployAutomatically(core, input.ApiId);
        });
        return wireRoute(route);
      },
    ),

    GetRoute: validatedOperation(
      HTTP_API_VALIDATION,
      'GetRoute',
      z.strictObject({ ApiId: z.string(), RouteId: z.string() }),
      (input) => wireRoute(find(input.ApiId, input.RouteId)),
    ),

    GetRoutes: validatedOperation(
      HTTP_API_VALIDATION,
      'GetRoutes',
      z.strictObject({ ApiId: z.string(), ...pageMembers }),
      (input): Output<GetRoutesCommandOutput> => {
        findHttpApi(core, input.ApiId);
        const { items, next } = page(core.routes.list(input.ApiId), pageSize(input), input.NextToken);
        return { Items: items.map(wireRoute), NextToken: next };
      },
    ),

    UpdateRoute: validatedOperation(
      HTTP_API_VALIDATION,
      'UpdateRoute',
      z.strictObject({ ...members, RouteId: z.string(), RouteKey: z.string().max(1024).optional() }),
      (input) => {
        checkSupported('UpdateRoute', input);
        const before = find(input.ApiId, input.RouteId);
        const routeKey = input.RouteKey ?? before.routeKey;
        checkRouteKey(routeKey);
        checkUnused(input.ApiId, routeKey, before.id);
        const route = {
          ...before,
          routeKey,
          integrationId:
            input.Target === undefined ? before.integrationId : integrationId(input.ApiId, input.Target),
          operationName: input.OperationName ?? before.operationName,
        };
        core.state.change(() => {
          core.routes.put(input.ApiId, route.id, route);
          deployAutomatically(core, input.ApiId);
        });
        return wireRoute(route);
      },
    ),

    DeleteRoute: validatedOperation(
      HTTP_API_VALIDATION,
      'DeleteRoute',
      z.strictObject({ ApiId: z.string(), RouteId: z.string() }),
      (input): void => {
        find(input.ApiId, input.RouteId);
        core.state.change(() => {
          core.routes.delete(input.ApiId, input.RouteId);
          deployAutomatically(core, input.ApiId);
        });
      },
    ),
  };
}

function checkSupported(
  operationName: string,
  given: { readonly AuthorizationType?: string | undefined; readonly ApiKeyRequired?: boolean | undefined },
): void {
  supportedOnly(HTTP_API_VALIDATION, operationName, 'AuthorizationType', given.AuthorizationType, ['NONE']);
  supportedOnly(HTTP_API_VALIDATION, operationName, 'ApiKeyRequired', given.ApiKeyRequired, [false]);
}

function wireRoute(route: RouteRecord): Route {
  return {
    ...(route.isManaged && { ApiGatewayManaged: true }),
    ApiKeyRequired: false,
    AuthorizationType: 'NONE',
    OperationName: route.operationName,
    RouteId: route.id,
    RouteKey: route.routeKey,
    Target: route.integrationId === undefined ? undefined : `integrations/${route.integrationId}`,
  };
}
