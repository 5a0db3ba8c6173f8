import { CreateRestApiCommand, DeleteRestApiCommand, type RestApi } from '@aws-sdk/client-api-gateway';

import type { RestApiDeclaration } from '../declaration/api.ts';
import { CloudError, NotOursError } from '../errors.ts';
import { declared } from '../references.ts';
import { tagText } from '../tags.ts';
import { ours, restApisNamed } from './find-apis.ts';
import type { Inspection, RemovalInspection, Resource, ResourceContext } from './resource.ts';
import { RestApiMethods } from './rest-api-methods.ts';
import { withinQuota } from './rest-api-quota.ts';
import { RestApiStage } from './rest-api-stage.ts';

/** A regional REST API: resources, methods that are Lambda proxies, and a deployment of them to one stage. */
export class RestApiResource implements Resource {
  readonly type = 'REST API';
  readonly name: string;
  readonly #declaration: RestApiDeclaration;
  readonly #context: ResourceContext;

  constructor(key: string, declaration: RestApiDeclaration, context: ResourceContext) {
    this.name = declared(context.names.apis, 'API', key);
    this.#declaration = declaration;
    this.#context = context;
  }

  async inspect(): Promise<Inspection> {
    const { own, foreign } = await this.#find();
    if (foreign !== undefined) throw new NotOursError('REST API', this.name, tagText(foreign.tags ?? {}));
    const [api] = own;
    if (api === undefined) {
      const changes = [...Object.keys(this.#declaration.routes), `stage ${this.#declaration.stage}`];
      return { action: 'create', changes, apply: async () => this.#converge(await this.#create()) };
    }
    const { methods, stage } = this.#parts(api);
    const changes = (await Promise.all([methods.differences(), stage.differences()])).flat();
    if (changes.length === 0) return { action: 'unchanged' };
    return { action: 'update', changes, apply: () => this.#converge(api) };
  }

  async inspectRemoval(): Promise<RemovalInspection> {
    const { own, foreign } = await this.#find();
    if (own.length === 0) {
      return foreign === undefined
        ? { action: 'absent' }
        : { action: 'keep', reason: `not tagged as ours (${tagText(foreign.tags ?? {})})` };
    }
    return {
      action: 'remove',
      detail: 'delete it with its resources and its stage',
      apply: async () => {
        for (const { id } of own) await this.#delete(id);
        return undefined;
      },
    };
  }

  async #find(): Promise<{ readonly own: readonly RestApi[]; readonly foreign: RestApi | undefined }> {
    return ours(await restApisNamed(this.name, this.#context), ({ tags }) => tags, this.#context);
  }

  #parts({ id }: RestApi): { readonly methods: RestApiMethods; readonly stage: RestApiStage } {
    if (id === undefined)
      throw new CloudError(`REST API ${this.name}: expected an id in the answer, but there is none.`);
    const methods = new RestApiMethods(id, this.#declaration.routes, this.#context);
    return {
      methods,
      stage: new RestApiStage(id, this.#declaration.stage, methods.fingerprint, this.#context),
    };
  }

  async #create(): Promise<RestApi> {
    const command = new CreateRestApiCommand({
      name: this.name,
      description: `Skyground ${this.#context.declaration.app}`,
      endpointConfiguration: { types: ['REGIONAL'] },
      tags: { ...this.#context.tags },
    });
    return withinQuota(() => this.#client.send(command, this.#options), this.#context);
  }

  /** Makes what is there be as declared, from whatever a killed deploy left. */
  async #converge(api: RestApi): Promise<void> {
    const { methods, stage } = this.#parts(api);
    await methods.converge();
    await stage.converge();
  }

  async #delete(restApiId: string | undefined): Promise<void> {
    const command = new DeleteRestApiCommand({ restApiId });
    await withinQuota(() => this.#client.send(command, this.#options), this.#context);
  }

  get #client(): ResourceContext['clients']['apigateway'] {
    return this.#context.clients.apigateway;
  }

  get #options(): { abortSignal: AbortSignal } {
    return { abortSignal: this.#context.signal };
  }
}
