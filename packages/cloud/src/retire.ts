import {
  GetFunctionConfigurationCommand,
  type LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import type { CloudClients } from './clients.ts';
import { CloudError } from './errors.ts';
import { pollIntervalMs, pollUntil } from './poll.ts';

/** The variable that is changed to end a function's environments. Deploy knows none of this name and takes it away. */
const variable = 'SKYGROUND_ENVIRONMENTS_SINCE';

/** So long a change of configuration may take; AWS needs a few seconds. */
const updateLimitMs = 300_000;

/** Environments of a function keep its variables, so a change of one ends them all: whoever calls next starts cold. */
export class Retirer {
  readonly #clients: CloudClients;
  readonly #nowMs: () => number;
  /** Functions that were changed, with their variables as deployed. */
  readonly #changed = new Map<string, Readonly<Record<string, string>>>();

  constructor(clients: CloudClients, nowMs: () => number) {
    this.#clients = clients;
    this.#nowMs = nowMs;
  }

  async retire(name: string, signal: AbortSignal): Promise<void> {
    let deployed = this.#changed.get(name);
    if (deployed === undefined) {
      const found = await this.#lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }), {
        abortSignal: signal,
      });
      const { [variable]: _, ...variables } = found.Environment?.Variables ?? {};
      deployed = variables;
      this.#changed.set(name, deployed);
    }
    await this.#update(name, { ...deployed, [variable]: String(this.#nowMs()) }, signal);
  }

  /** Names of the functions that were changed and are not restored. */
  get changed(): readonly string[] {
    return [...this.#changed.keys()];
  }

  /** Gives a changed function its variables back, so that a deploy finds nothing to change. */
  async restore(name: string, signal: AbortSignal): Promise<void> {
    const deployed = this.#changed.get(name);
    if (deployed === undefined) return;
    // A stop may have come while a change was under way, and AWS refuses another one until that is done.
    await this.#updated(name, signal);
    await this.#update(name, deployed, signal);
    this.#changed.delete(name);
  }

  async #update(
    name: string,
    variables: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<void> {
    const command = new UpdateFunctionConfigurationCommand({
      FunctionName: name,
      Environment: { Variables: { ...variables } },
    });
    await this.#lambda.send(command, { abortSignal: signal });
    await this.#updated(name, signal);
  }

  async #updated(name: string, signal: AbortSignal): Promise<void> {
    const look = async () => {
      const configuration = new GetFunctionConfigurationCommand({ FunctionName: name });
      const { LastUpdateStatus } = await this.#lambda.send(configuration, { abortSignal: signal });
      return { done: LastUpdateStatus !== 'InProgress', progress: 0 };
    };
    const intervalMs = pollIntervalMs(this.#clients.target.kind);
    if ((await pollUntil(look, { intervalMs, quietMs: updateLimitMs, signal })) === 'done') return;
    throw new CloudError(`The change of ${name}'s environment was not done after ${updateLimitMs / 1000} s.`);
  }

  get #lambda(): LambdaClient {
    return this.#clients.lambda;
  }
}
