import {
  DeleteFunctionCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  type LambdaClient,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  PutProvisionedConcurrencyConfigCommand,
  paginateListProvisionedConcurrencyConfigs,
} from '@aws-sdk/client-lambda';
import { pollIntervalMs, pollUntil, type Retirer } from '@skyground/cloud';
import type { Clock } from '@skyground/experiment';
import type { FunctionPlace, Place } from '../place.ts';

/** AWS takes a minute or two. */
const readyLimitMs = 600_000;

export interface ProvisionedVersion {
  readonly version: string;
  readonly sinceMs: number;
}

/**
 * Versions of a function with one environment each that is kept ready. Each costs money as long as it is there: `removeAll` takes away
 * whatever a function has of them, those of a run that was killed too.
 */
export class Provisioner {
  readonly #place: Place;
  readonly #fn: FunctionPlace;
  readonly #clock: Clock;

  constructor(place: Place, fn: FunctionPlace, clock: Clock) {
    this.#place = place;
    this.#fn = fn;
    this.#clock = clock;
  }

  /** Publishes so many versions and waits until each has its environment. */
  async provide(
    count: number,
    retirer: Retirer,
    signal: AbortSignal,
  ): Promise<readonly ProvisionedVersion[]> {
    const FunctionName = this.#fn.name;
    const provided: ProvisionedVersion[] = [];
    for (let index = 0; index < count; index += 1) {
      // Without a change there is no new version.
      await retirer.retire(this.#fn.name, signal);
      const { Version: version } = await this.#lambda.send(new PublishVersionCommand({ FunctionName }), {
        abortSignal: signal,
      });
      if (version === undefined) throw new Error(`PublishVersion of ${FunctionName} named no version.`);
      const command = new PutProvisionedConcurrencyConfigCommand({
        FunctionName,
        Qualifier: version,
        ProvisionedConcurrentExecutions: 1,
      });
      await this.#lambda.send(command, { abortSignal: signal });
      provided.push({ version, sinceMs: this.#clock.nowMs() });
    }
    for (const { version } of provided) await this.#ready(version, signal);
    return provided;
  }

  async remove(version: string, signal: AbortSignal): Promise<void> {
    const target = { FunctionName: this.#fn.name, Qualifier: version };
    await this.#lambda.send(new DeleteProvisionedConcurrencyConfigCommand(target), { abortSignal: signal });
    await this.#lambda.send(new DeleteFunctionCommand(target), { abortSignal: signal });
  }

  async removeAll(signal: AbortSignal): Promise<void> {
    const FunctionName = this.#fn.name;
    const pages = paginateListProvisionedConcurrencyConfigs({ client: this.#lambda }, { FunctionName });
    const versions: string[] = [];
    for await (const { ProvisionedConcurrencyConfigs = [] } of pages) {
      versions.push(
        ...ProvisionedConcurrencyConfigs.flatMap(({ FunctionArn }) => FunctionArn?.split(':').at(-1) ?? []),
      );
    }
    for (const version of versions) await this.remove(version, signal);
    // Published, and stopped before it was provisioned.
    const { Versions = [] } = await this.#lambda.send(new ListVersionsByFunctionCommand({ FunctionName }), {
      abortSignal: signal,
    });
    for (const { Version } of Versions) {
      if (Version === undefined || Version === '$LATEST') continue;
      await this.#lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: Version }), {
        abortSignal: signal,
      });
    }
  }

  async #ready(version: string, signal: AbortSignal): Promise<void> {
    const command = new GetProvisionedConcurrencyConfigCommand({
      FunctionName: this.#fn.name,
      Qualifier: version,
    });
    const look = async () => {
      const { Status, StatusReason } = await this.#lambda.send(command, { abortSignal: signal });
      if (Status === 'FAILED') {
        throw new Error(`Version ${version} of ${this.#fn.name} could not be provisioned: ${StatusReason}`);
      }
      return { done: Status === 'READY', progress: 0 };
    };
    const intervalMs = pollIntervalMs(this.#place.clients.target.kind);
    if ((await pollUntil(look, { intervalMs, quietMs: readyLimitMs, signal })) === 'done') return;
    throw new Error(`Version ${version} of ${this.#fn.name} was not ready after ${readyLimitMs / 1000} s.`);
  }

  get #lambda(): LambdaClient {
    return this.#place.clients.lambda;
  }
}
