import { isDeepStrictEqual } from 'node:util';
import {
  type Api,
  type Cors,
  CreateApiCommand,
  type CreateApiCommandOutput,
  DeleteApiCommand,
  DeleteCorsConfigurationCommand,
  UpdateApiCommand,
} from '@aws-sdk/client-apigatewayv2';

import type { HttpApiDeclaration } from '../declaration/api.ts';
import { CloudError, NotOursError } from '../errors.ts';
import { declared } from '../references.ts';
import { tagText } from '../tags.ts';
import { httpApisNamed, ours } from './find-apis.ts';
import { HttpApiRoutes } from './http-api-routes.ts';
import { HttpApiStage } from './http-api-stage.ts';
import type { Inspection, RemovalInspection, Resource, ResourceContext } from './resource.ts';

/** What of an API is compared. */
type HttpApi = Pick<CreateApiCommandOutput, 'ApiId' | 'CorsConfiguration'>;

/** An HTTP API with its routes, their integrations and the stage `$default`, which deploys by itself. */
export class HttpApiResource implements Resource {
  readonly type = 'HTTP API';
  readonly name: string;
  readonly #declaration: HttpApiDeclaration;
  readonly #context: ResourceContext;

  constructor(key: string, declaration: HttpApiDeclaration, context: ResourceContext) {
    this.name = declared(context.names.apis, 'API', key);
    this.#declaration = declaration;
    this.#context = context;
  }

  async inspect(): Promise<Inspection> {
    const { own, foreign } = await this.#find();
    if (foreign !== undefined) throw new NotOursError('HTTP API', this.name, tagText(foreign.Tags ?? {}));
    const [api] = own;
    if (api === undefined) {
      const changes = Object.keys(this.#declaration.routes);
      return { action: 'create', changes, apply: async () => this.#converge(await this.#create()) };
    }
    const changes = await this.#differences(api);
    if (changes.length === 0) return { action: 'unchanged' };
    return { action: 'update', changes, apply: () => this.#converge(api) };
  }

  async inspectRemoval(): Promise<RemovalInspection> {
    const { own, foreign } = await this.#find();
    if (own.length === 0) {
      return foreign === undefined
        ? { action: 'absent' }
        : { action: 'keep', reason: `not tagged as ours (${tagText(foreign.Tags ?? {})})` };
    }
    return {
      action: 'remove',
      detail: 'delete it with its routes',
      apply: async () => {
        for (const { ApiId } of own) await this.#client.send(new DeleteApiCommand({ ApiId }), this.#options);
        return undefined;
      },
    };
  }

  async #find(): Promise<{ readonly own: readonly Api[]; readonly foreign: Api | undefined }> {
    return ours(await httpApisNamed(this.name, this.#context), ({ Tags }) => Tags, this.#context);
  }

  async #differences(api: HttpApi): Promise<readonly string[]> {
    const { ApiId, CorsConfiguration } = api;
    const [routes, stage] = await Promise.all([
      this.#routes(ApiId).differences(),
      this.#stage(ApiId).differences(),
    ]);
    return [...(sameCors(CorsConfiguration, this.#cors) ? [] : ['CORS']), ...routes, ...stage];
  }

  async #create(): Promise<HttpApi> {
    const command = new CreateApiCommand({
      Name: this.name,
      ProtocolType: 'HTTP',
      Tags: { ...this.#context.tags },
      ...(this.#cors === undefined ? {} : { CorsConfiguration: this.#cors }),
    });
    return this.#client.send(command, this.#options);
  }

  /** Makes what is there be as declared, from whatever a killed deploy left. */
  async #converge({ ApiId, CorsConfiguration }: HttpApi): Promise<void> {
    if (!sameCors(CorsConfiguration, this.#cors)) {
      const command =
        this.#cors === undefined
          ? new DeleteCorsConfigurationCommand({ ApiId })
          : new UpdateApiCommand({ ApiId, CorsConfiguration: this.#cors });
      await this.#client.send(command, this.#options);
    }
    await this.#routes(ApiId).converge();
    await this.#stage(ApiId).converge();
  }

  get #cors(): Cors | undefined {
    const { cors } = this.#declaration;
    if (cors === undefined) return undefined;
    return {
      AllowOrigins: [...cors.allowOrigins],
      AllowMethods: [...cors.allowMethods],
      AllowHeaders: [...cors.allowHeaders],
    };
  }

  #routes(ApiId: string | undefined): HttpApiRoutes {
    return new HttpApiRoutes(idOf(ApiId, this.name), this.#declaration.routes, this.#context);
  }

  #stage(ApiId: string | undefined): HttpApiStage {
    return new HttpApiStage(idOf(ApiId, this.name), this.#declaration.throttling, this.#context);
  }

  get #client(): ResourceContext['clients']['apigatewayv2'] {
    return this.#context.clients.apigatewayv2;
  }

  get #options(): { abortSignal: AbortSignal } {
    return { abortSignal: this.#context.signal };
  }
}

function idOf(id: string | undefined, name: string): string {
  if (id === undefined)
    throw new CloudError(`HTTP API ${name}: expected an id in the answer, but there is none.`);
  return id;
}

/** AWS gives header names back in lower case. */
function sameCors(found: Cors | undefined, wanted: Cors | undefined): boolean {
  const comparable = (cors: Cors | undefined): readonly (readonly string[])[] =>
    [cors?.AllowOrigins, cors?.AllowMethods, cors?.AllowHeaders].map((values) =>
      (values ?? []).map((value) => value.toLowerCase()).sort(),
    );
  return isDeepStrictEqual(comparable(found), comparable(wanted));
}
