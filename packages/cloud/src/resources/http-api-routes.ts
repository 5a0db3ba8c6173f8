import {
  CreateIntegrationCommand,
  CreateRouteCommand,
  DeleteIntegrationCommand,
  DeleteRouteCommand,
  GetIntegrationsCommand,
  GetRoutesCommand,
  type Integration,
  type Route,
  UpdateRouteCommand,
} from '@aws-sdk/client-apigatewayv2';

import type { RouteDeclaration } from '../declaration/api.ts';
import { declared } from '../references.ts';
import { allPages } from './all-pages.ts';
import type { ResourceContext } from './resource.ts';

interface Found {
  readonly integrations: readonly Integration[];
  readonly routes: readonly Route[];
}

/** The routes of an HTTP API, each to a Lambda proxy integration; routes to one function share one. */
export class HttpApiRoutes {
  readonly #apiId: string;
  readonly #functionArns: ReadonlyMap<string, string>;
  readonly #context: ResourceContext;

  constructor(apiId: string, routes: Readonly<Record<string, RouteDeclaration>>, context: ResourceContext) {
    this.#apiId = apiId;
    this.#functionArns = new Map(
      Object.entries(routes).map(([key, route]) => [
        key,
        declared(context.names.functions, 'function', route.function).arn,
      ]),
    );
    this.#context = context;
  }

  /** One phrase for each route that is missing, leads elsewhere or is not declared. */
  async differences(): Promise<readonly string[]> {
    const found = await this.#find();
    const wrong = [...this.#functionArns].filter(([key, arn]) => functionOf(key, found) !== arn);
    const tooMany = found.routes.filter(({ RouteKey }) => !this.#functionArns.has(RouteKey ?? ''));
    return [...wrong.map(([key]) => key), ...tooMany.map(({ RouteKey }) => `remove ${RouteKey}`)];
  }

  async converge(): Promise<void> {
    const { integrations, routes } = await this.#find();
    const idOf = new Map<string | undefined, string | undefined>();
    for (const arn of new Set(this.#functionArns.values())) {
      const found = integrations.find((integration) => leadsTo(integration, arn));
      idOf.set(arn, found?.IntegrationId ?? (await this.#createIntegration(arn)));
    }
    for (const [RouteKey, arn] of this.#functionArns) {
      const Target = `integrations/${idOf.get(arn)}`;
      const found = routes.find((route) => route.RouteKey === RouteKey);
      const { RouteId } = found ?? {};
      if (RouteId === undefined) {
        await this.#client.send(
          new CreateRouteCommand({ ApiId: this.#apiId, RouteKey, Target }),
          this.#options,
        );
      } else if (found?.Target !== Target) {
        await this.#client.send(
          new UpdateRouteCommand({ ApiId: this.#apiId, RouteId, Target }),
          this.#options,
        );
      }
    }
    for (const { RouteKey, RouteId } of routes) {
      if (!this.#functionArns.has(RouteKey ?? ''))
        await this.#client.send(new DeleteRouteCommand({ ApiId: this.#apiId, RouteId }), this.#options);
    }
    const used = new Set(idOf.values());
    for (const { IntegrationId } of integrations) {
      if (used.has(IntegrationId)) continue;
      const command = new DeleteIntegrationCommand({ ApiId: this.#apiId, IntegrationId });
      await this.#client.send(command, this.#options);
    }
  }

  async #createIntegration(IntegrationUri: string): Promise<string | undefined> {
    const command = new CreateIntegrationCommand({
      ApiId: this.#apiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri,
      PayloadFormatVersion: '2.0',
    });
    return (await this.#client.send(command, this.#options)).IntegrationId;
  }

  async #find(): Promise<Found> {
    const page = { ApiId: this.#apiId, MaxResults: '100' };
    const [integrations, routes] = await Promise.all([
      allPages(async (NextToken) => {
        const answer = await this.#client.send(
          new GetIntegrationsCommand({ ...page, NextToken }),
          this.#options,
        );
        return { items: answer.Items, next: answer.NextToken };
      }),
      allPages(async (NextToken) => {
        const answer = await this.#client.send(new GetRoutesCommand({ ...page, NextToken }), this.#options);
        return { items: answer.Items, next: answer.NextToken };
      }),
    ]);
    return { integrations, routes };
  }

  get #client(): ResourceContext['clients']['apigatewayv2'] {
    return this.#context.clients.apigatewayv2;
  }

  get #options(): { abortSignal: AbortSignal } {
    return { abortSignal: this.#context.signal };
  }
}

/** ARN of the function that a route leads to, undefined where it leads to none. */
function functionOf(key: string, { integrations, routes }: Found): string | undefined {
  const target = routes.find(({ RouteKey }) => RouteKey === key)?.Target;
  const found = integrations.find(({ IntegrationId }) => target === `integrations/${IntegrationId}`);
  return found?.PayloadFormatVersion === '2.0' ? found.IntegrationUri : undefined;
}

function leadsTo(integration: Integration, functionArn: string): boolean {
  return integration.IntegrationUri === functionArn && integration.PayloadFormatVersion === '2.0';
}
