import type { CorsRecord, HttpApiCore } from '../http-api/records.ts';
import { DEFAULT_ROUTE } from '../http-api/route-key.ts';
import type { RestApiCore, RestStageRecord } from '../rest-api/records.ts';
import type { ApiState } from '../state/api-state.ts';
import type { Throttling } from '../state/stage-members.ts';
import { type PathMatch, type PathRoute, PathRouter } from './path-router.ts';

export interface ServedRoute {
  readonly routeKey: string;
  readonly functionArn: string;
  readonly payloadFormatVersion: '1.0' | '2.0';
  readonly timeoutMs: number;
  readonly throttling: Throttling;
}

export interface ServedHttpStage {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly cors: CorsRecord | undefined;
  readonly router: PathRouter<ServedRoute>;
  readonly defaultRoute: PathMatch<ServedRoute> | undefined;
}

export interface ServedHttpApi {
  readonly kind: 'HTTP';
  readonly id: string;
  readonly stages: ReadonlyMap<string, ServedHttpStage>;
}

export interface ServedMethod {
  readonly resourceId: string;
  readonly path: string;
  /** As declared: ANY may be. */
  readonly name: string;
  readonly functionArn: string;
  readonly httpMethod: string;
  readonly timeoutMs: number;
  readonly throttling: Throttling;
}

export interface ServedRestStage {
  readonly name: string;
  readonly deploymentId: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly binaryMediaTypes: readonly string[];
  readonly router: PathRouter<ServedMethod>;
}

export interface ServedRestApi {
  readonly kind: 'REST';
  readonly id: string;
  readonly stages: ReadonlyMap<string, ServedRestStage>;
}

/** What every stage serves now, made of its deployment at the first request after a change. */
export class ServedApis {
  readonly #state: ApiState;
  readonly #http: HttpApiCore;
  readonly #rest: RestApiCore;
  readonly #served = new Map<string, ServedHttpApi | ServedRestApi>();
  #revision = -1;

  constructor(state: ApiState, http: HttpApiCore, rest: RestApiCore) {
    this.#state = state;
    this.#http = http;
    this.#rest = rest;
  }

  get(apiId: string): ServedHttpApi | ServedRestApi | undefined {
    if (this.#revision !== this.#state.revision) {
      this.#served.clear();
      this.#revision = this.#state.revision;
    }
    const known = this.#served.get(apiId);
    if (known !== undefined) return known;
    const made = servedHttpApi(this.#http, apiId) ?? servedRestApi(this.#rest, apiId);
    // Ids that no API has are not remembered: they come from outside, without end.
    if (made !== undefined) this.#served.set(apiId, made);
    return made;
  }
}

function servedHttpApi(core: HttpApiCore, apiId: string): ServedHttpApi | undefined {
  if (core.apis.get(apiId) === undefined) return undefined;
  const stages = core.stages.list(apiId).flatMap((stage): [string, ServedHttpStage][] => {
    const deployment =
      stage.deploymentId === undefined ? undefined : core.deployments.get(apiId, stage.deploymentId);
    if (deployment === undefined) return [];
    const routes = deployment.snapshot.routes.map((route) => {
      const own = stage.routeThrottling[route.routeKey] ?? {};
      return { ...route, throttling: { ...stage.throttling, ...own } };
    });
    const defaultRoute = routes.find(({ routeKey }) => routeKey === DEFAULT_ROUTE);
    return [
      [
        stage.name,
        {
          name: stage.name,
          variables: stage.variables,
          cors: deployment.snapshot.cors,
          router: new PathRouter(routes.flatMap(pathRoute)),
          defaultRoute:
            defaultRoute === undefined ? undefined : { target: defaultRoute, parameters: new Map() },
        },
      ],
    ];
  });
  return { kind: 'HTTP', id: apiId, stages: new Map(stages) };
}

function pathRoute(route: ServedRoute): PathRoute<ServedRoute>[] {
  const [method = '', path] = route.routeKey.split(' ');
  return path === undefined ? [] : [{ method, path, target: route }];
}

function servedRestApi(core: RestApiCore, apiId: string): ServedRestApi | undefined {
  if (core.apis.get(apiId) === undefined) return undefined;
  const stages = core.stages.list(apiId).flatMap((stage): [string, ServedRestStage][] => {
    const deployment = core.deployments.get(apiId, stage.deploymentId);
    if (deployment === undefined) return [];
    const routes = deployment.snapshot.resources.flatMap(({ id, path, methods }) =>
      Object.entries(methods).map(([name, integration]) => ({
        method: name,
        path,
        target: { resourceId: id, path, name, ...integration, throttling: limitsOf(stage, path, name) },
      })),
    );
    const { name, deploymentId, variables } = stage;
    const { binaryMediaTypes } = deployment.snapshot;
    return [[name, { name, deploymentId, variables, binaryMediaTypes, router: new PathRouter(routes) }]];
  });
  return { kind: 'REST', id: apiId, stages: new Map(stages) };
}

/** The method's own limits over those of every method. */
function limitsOf({ methodThrottling }: RestStageRecord, path: string, method: string): Throttling {
  const escaped = path.slice(1).replaceAll('~', '~0').replaceAll('/', '~1');
  return { ...methodThrottling['*/*'], ...methodThrottling[`${escaped}/${method}`] };
}
