import type { Json } from '@skyground/asl';

import type { RouteDeclaration } from './declaration/api.ts';
import { declared } from './references.ts';
import { httpApisNamed, ours, restApisNamed } from './resources/find-apis.ts';
import type { ResourceContext } from './resources/resource.ts';

/** One route of an API, where it is served. */
export interface InvokableRoute {
  /** The API's name. */
  readonly api: string;
  readonly method: string;
  /** With what the declaration has in braces still in braces. */
  readonly url: string;
  /** undefined where the declaration gives none. */
  readonly exampleBody: Json | undefined;
}

/** Every route of the app's APIs that exist. */
export async function invokableRoutes(context: ResourceContext): Promise<readonly InvokableRoute[]> {
  const { httpApis = {}, restApis = {} } = context.declaration;
  const http = Object.entries(httpApis).map(async ([key, { routes }]) => {
    const api = declared(context.names.apis, 'API', key);
    const [found] = ours(await httpApisNamed(api, context), ({ Tags }) => Tags, context).own;
    return found?.ApiEndpoint === undefined ? [] : routesAt(api, found.ApiEndpoint, routes);
  });
  const rest = Object.entries(restApis).map(async ([key, { routes, stage }]) => {
    const api = declared(context.names.apis, 'API', key);
    const [found] = ours(await restApisNamed(api, context), ({ tags }) => tags, context).own;
    return found?.id === undefined ? [] : routesAt(api, `${restApiUrl(found.id, context)}/${stage}`, routes);
  });
  return (await Promise.all([...http, ...rest])).flat();
}

/** A REST API's answer names no URL. AWS gives it a host of its own; the embedded cloud serves it below a path. */
function restApiUrl(id: string, { clients: { target }, partition, region }: ResourceContext): string {
  if (target.kind !== 'aws') return `${target.endpoint}/_execute-api/${id}`;
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://${id}.execute-api.${region}.${suffix}`;
}

function routesAt(
  api: string,
  baseUrl: string,
  routes: Readonly<Record<string, RouteDeclaration>>,
): readonly InvokableRoute[] {
  return Object.entries(routes).map(([key, { exampleBody }]) => {
    const [method = '', path = ''] = key.split(' ');
    return { api, method, url: `${baseUrl}${path}`, exampleBody };
  });
}
