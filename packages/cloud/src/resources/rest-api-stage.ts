import {
  CreateDeploymentCommand,
  type Deployment,
  GetDeploymentCommand,
  GetStageCommand,
} from '@aws-sdk/client-api-gateway';

import { orAbsent } from '../sdk-errors.ts';
import type { ResourceContext } from './resource.ts';
import { withinQuota } from './rest-api-quota.ts';

/**
 * The stage of a REST API. It serves the methods as they were at its deployment, so a deployment carries their fingerprint: a deploy
 * that was killed between changing methods and deploying them is seen.
 */
export class RestApiStage {
  readonly #restApiId: string;
  readonly #stageName: string;
  readonly #fingerprint: string;
  readonly #context: ResourceContext;

  constructor(restApiId: string, stageName: string, fingerprint: string, context: ResourceContext) {
    this.#restApiId = restApiId;
    this.#stageName = stageName;
    this.#fingerprint = fingerprint;
    this.#context = context;
  }

  async differences(): Promise<readonly string[]> {
    return (await this.#deployment())?.description === this.#fingerprint ? [] : [`stage ${this.#stageName}`];
  }

  async converge(): Promise<void> {
    if ((await this.differences()).length === 0) return;
    const command = new CreateDeploymentCommand({
      restApiId: this.#restApiId,
      stageName: this.#stageName,
      description: this.#fingerprint,
    });
    await withinQuota(() => this.#client.send(command, this.#options), this.#context);
  }

  async #deployment(): Promise<Deployment | undefined> {
    const { restApiId, stageName } = { restApiId: this.#restApiId, stageName: this.#stageName };
    const stage = await orAbsent(
      ['NotFoundException'],
      this.#client.send(new GetStageCommand({ restApiId, stageName }), this.#options),
    );
    const deploymentId = stage?.deploymentId;
    if (deploymentId === undefined) return undefined;
    const command = new GetDeploymentCommand({ restApiId, deploymentId });
    return orAbsent(['NotFoundException'], this.#client.send(command, this.#options));
  }

  get #client(): ResourceContext['clients']['apigateway'] {
    return this.#context.clients.apigateway;
  }

  get #options(): { abortSignal: AbortSignal } {
    return { abortSignal: this.#context.signal };
  }
}
