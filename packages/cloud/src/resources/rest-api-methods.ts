import { createHash } from 'node:crypto';
import {
  type Resource as ApiResource,
  CreateResourceCommand,
  DeleteMethodCommand,
  DeleteResourceCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from '@aws-sdk/client-api-gateway';

import type { RouteDeclaration } from '../declaration/api.ts';
import { CloudError } from '../errors.ts';
import { declared } from '../references.ts';
import { allPages } from './all-pages.ts';
import type { ResourceContext } from './resource.ts';

interface Method {
  /** `POST /experiment` */
  readonly key: string;
  readonly path: string;
  readonly httpMethod: string;
  /** Of the Lambda proxy integration. */
  readonly uri: string;
}

interface Undeclared {
  /** `POST /experiment`, or a path alone. */
  readonly key: string;
  readonly path: string;
  readonly resourceId: string | undefined;
  /** undefined where the whole path goes. */
  readonly httpMethod: string | undefined;
}

/** The resources of a REST API, one for each part of a path, and their methods. */
export class RestApiMethods {
  readonly #restApiId: string;
  readonly #methods: readonly Method[];
  readonly #context: ResourceContext;

  constructor(
    restApiId: string,
    routes: Readonly<Record<string, RouteDeclaration>>,
    context: ResourceContext,
  ) {
    this.#restApiId = restApiId;
    this.#context = context;
    this.#methods = Object.entries(routes).map(([key, route]) => {
      const [httpMethod = '', path = ''] = key.split(' ');
      const { arn } = declared(context.names.functions, 'function', route.function);
      const uri = `arn:${context.partition}:apigateway:${context.region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
      return { key, path, httpMethod, uri };
    });
  }

  /** The same for the same methods: what a stage must have been deployed with. */
  get fingerprint(): string {
    const parts = this.#methods.map(({ key, uri }) => `${key} ${uri}`).sort();
    return createHash('sha256').update(parts.join('\n')).digest('hex');
  }

  /** One phrase for each method that is missing, leads elsewhere or is not declared. */
  async differences(): Promise<readonly string[]> {
    const resources = await this.#find();
    const wrong = this.#methods.filter((method) => !isThere(method, resources));
    return [...wrong.map(({ key }) => key), ...this.#undeclared(resources).map(({ key }) => `remove ${key}`)];
  }

  async converge(): Promise<void> {
    const resources = await this.#find();
    for (const { path, httpMethod, resourceId } of this.#undeclared(resources)) {
      const where = { restApiId: this.#restApiId, resourceId };
      if (httpMethod === undefined) {
        await this.#client.send(new DeleteResourceCommand(where), this.#options);
        resources.delete(path);
      } else {
        await this.#client.send(new DeleteMethodCommand({ ...where, httpMethod }), this.#options);
      }
    }
    for (const method of this.#methods) if (!isThere(method, resources)) await this.#put(method, resources);
  }

  async #put({ path, httpMethod, uri }: Method, resources: Map<string, ApiResource>): Promise<void> {
    const resourceId = await this.#resourceAt(path, resources);
    const where = { restApiId: this.#restApiId, resourceId, httpMethod };
    if (resources.get(path)?.resourceMethods?.[httpMethod] === undefined)
      await this.#client.send(new PutMethodCommand({ ...where, authorizationType: 'NONE' }), this.#options);
    // Lambda is called by POST, whatever method came in.
    const command = new PutIntegrationCommand({
      ...where,
      type: 'AWS_PROXY',
      integrationHttpMethod: 'POST',
      uri,
    });
    await this.#client.send(command, this.#options);
  }

  /** The id of a path, which is made with everything above it where it is missing. */
  async #resourceAt(path: string, resources: Map<string, ApiResource>): Promise<string> {
    const existing = resources.get(path)?.id;
    if (existing !== undefined) return existing;
    if (path === '/')
      throw new CloudError(`REST API ${this.#restApiId}: expected a resource for /, but there is none.`);
    const cut = path.lastIndexOf('/');
    const parentId = await this.#resourceAt(path.slice(0, cut) || '/', resources);
    const command = new CreateResourceCommand({
      restApiId: this.#restApiId,
      parentId,
      pathPart: path.slice(cut + 1),
    });
    const made = await this.#client.send(command, this.#options);
    if (made.id === undefined)
      throw new CloudError(
        `REST API ${this.#restApiId}: expected an id for ${path} in the answer, but there is none.`,
      );
    resources.set(path, made);
    return made.id;
  }

  /** Methods that no route declares, then paths that none needs: the longest first, because a path goes with all below it. */
  #undeclared(resources: ReadonlyMap<string, ApiResource>): readonly Undeclared[] {
    const isNeeded = (path: string): boolean =>
      path === '/' || this.#methods.some((method) => `${method.path}/`.startsWith(`${path}/`));
    const methods = [...resources].flatMap(([path, { id, resourceMethods }]) =>
      Object.keys(resourceMethods ?? {})
        .map((httpMethod) => ({ key: `${httpMethod} ${path}`, path, resourceId: id, httpMethod }))
        .filter(({ key }) => isNeeded(path) && !this.#methods.some((method) => method.key === key)),
    );
    const paths = [...resources]
      .filter(([path]) => !isNeeded(path))
      .map(([path, { id }]) => ({ key: path, path, resourceId: id, httpMethod: undefined }))
      .sort((a, b) => b.path.length - a.path.length);
    return [...methods, ...paths];
  }

  async #find(): Promise<Map<string, ApiResource>> {
    const items = await allPages(async (position) => {
      const command = new GetResourcesCommand({
        restApiId: this.#restApiId,
        limit: 500,
        position,
        embed: ['methods'],
      });
      const page = await this.#client.send(command, this.#options);
      return { items: page.items, next: page.position };
    });
    return new Map(items.map((resource) => [resource.path ?? '', resource]));
  }

  get #client(): ResourceContext['clients']['apigateway'] {
    return this.#context.clients.apigateway;
  }

  get #options(): { abortSignal: AbortSignal } {
    return { abortSignal: this.#context.signal };
  }
}

function isThere({ path, httpMethod, uri }: Method, resources: ReadonlyMap<string, ApiResource>): boolean {
  const integration = resources.get(path)?.resourceMethods?.[httpMethod]?.methodIntegration;
  return integration?.type === 'AWS_PROXY' && integration.uri === uri;
}
