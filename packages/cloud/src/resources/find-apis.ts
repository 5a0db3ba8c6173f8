import { GetRestApisCommand, type RestApi } from '@aws-sdk/client-api-gateway';
import { type Api, GetApisCommand } from '@aws-sdk/client-apigatewayv2';

import { carriesTags, type Tags } from '../tags.ts';
import { allPages } from './all-pages.ts';
import type { ResourceContext } from './resource.ts';

type Context = Pick<ResourceContext, 'clients' | 'signal'>;

/** The HTTP APIs of a name. Names are no ids: there may be several. */
export async function httpApisNamed(name: string, { clients, signal }: Context): Promise<readonly Api[]> {
  const apis = await allPages(async (NextToken) => {
    const page = await clients.apigatewayv2.send(new GetApisCommand({ MaxResults: '100', NextToken }), {
      abortSignal: signal,
    });
    return { items: page.Items, next: page.NextToken };
  });
  return apis
    .filter((api) => api.Name === name && api.ProtocolType === 'HTTP')
    .sort(byAge(({ CreatedDate }) => CreatedDate));
}

/** The REST APIs of a name. */
export async function restApisNamed(name: string, { clients, signal }: Context): Promise<readonly RestApi[]> {
  const apis = await allPages(async (position) => {
    const page = await clients.apigateway.send(new GetRestApisCommand({ limit: 500, position }), {
      abortSignal: signal,
    });
    return { items: page.items, next: page.position };
  });
  return apis.filter((api) => api.name === name).sort(byAge(({ createdDate }) => createdDate));
}

/** What an API may be invoked as, in the policy of a function: any stage, method and path of it. */
export function executeArn(apiId: string, { partition, region, accountId }: ResourceContext): string {
  return `arn:${partition}:execute-api:${region}:${accountId}:${apiId}/*`;
}

/**
 * Which of the APIs of our name are ours. A create whose answer was lost and that was sent again leaves two: the older one is used,
 * and destroy removes both.
 */
export function ours<A>(
  apis: readonly A[],
  tagsOf: (api: A) => Tags | undefined,
  { tags }: ResourceContext,
): { readonly own: readonly A[]; readonly foreign: A | undefined } {
  const isOwn = (api: A): boolean => carriesTags(tagsOf(api) ?? {}, tags);
  return { own: apis.filter(isOwn), foreign: apis.find((api) => !isOwn(api)) };
}

function byAge<A>(createdOf: (api: A) => Date | undefined): (a: A, b: A) => number {
  return (a, b) => (createdOf(a)?.getTime() ?? 0) - (createdOf(b)?.getTime() ?? 0);
}
