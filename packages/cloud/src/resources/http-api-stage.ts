import {
  CreateStageCommand,
  DeleteStageCommand,
  GetStageCommand,
  type GetStageCommandOutput,
  type RouteSettings,
  UpdateStageCommand,
} from '@aws-sdk/client-apigatewayv2';

import type { HttpApiDeclaration } from '../declaration/api.ts';
import { orAbsent } from '../sdk-errors.ts';
import type { ResourceContext } from './resource.ts';

const StageName = '$default';

/** The stage of an HTTP API that has no name in its URL and needs no deployments; throttling is its. */
export class HttpApiStage {
  readonly #apiId: string;
  readonly #throttling: HttpApiDeclaration['throttling'];
  readonly #context: ResourceContext;

  constructor(apiId: string, throttling: HttpApiDeclaration['throttling'], context: ResourceContext) {
    this.#apiId = apiId;
    this.#throttling = throttling;
    this.#context = context;
  }

  async differences(): Promise<readonly string[]> {
    const found = await this.#find();
    if (found === undefined) return ['stage'];
    return this.#isThrottledAsDeclared(found) ? [] : ['throttling'];
  }

  async converge(): Promise<void> {
    const found = await this.#find();
    if (found !== undefined && this.#isThrottledAsDeclared(found)) return;
    const DefaultRouteSettings = this.#settings;
    if (found !== undefined && DefaultRouteSettings !== undefined) {
      const command = new UpdateStageCommand({ ApiId: this.#apiId, StageName, DefaultRouteSettings });
      await this.#client.send(command, this.#options);
      return;
    }
    // Limits can be changed but not taken off: then the stage is made anew.
    if (found !== undefined)
      await this.#client.send(new DeleteStageCommand({ ApiId: this.#apiId, StageName }), this.#options);
    const command = new CreateStageCommand({
      ApiId: this.#apiId,
      StageName,
      AutoDeploy: true,
      ...(DefaultRouteSettings === undefined ? {} : { DefaultRouteSettings }),
      Tags: { ...this.#context.tags },
    });
    await this.#client.send(command, this.#options);
  }

  async #find(): Promise<GetStageCommandOutput | undefined> {
    const command = new GetStageCommand({ ApiId: this.#apiId, StageName });
    return orAbsent(['NotFoundException'], this.#client.send(command, this.#options));
  }

  get #settings(): RouteSettings | undefined {
    if (this.#throttling === undefined) return undefined;
    return { ThrottlingRateLimit: this.#throttling.ratePerS, ThrottlingBurstLimit: this.#throttling.burst };
  }

  #isThrottledAsDeclared({ DefaultRouteSettings: found }: GetStageCommandOutput): boolean {
    return (
      found?.ThrottlingRateLimit === this.#settings?.ThrottlingRateLimit &&
      found?.ThrottlingBurstLimit === this.#settings?.ThrottlingBurstLimit
    );
  }

  get #client(): ResourceContext['clients']['apigatewayv2'] {
    return this.#context.clients.apigatewayv2;
  }

  get #options(): { abortSignal: AbortSignal } {
    return { abortSignal: this.#context.signal };
  }
}
