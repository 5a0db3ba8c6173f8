import { availableParallelism } from 'node:os';
import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import { explainError } from '@skyground/cloud';
import { defineRemoteCheck, type Judgement } from '../check.ts';

type ConcurrencySeen =
  | {
      readonly kind: 'known';
      /** What the main job takes where nobody says otherwise: one environment for each worker. */
      readonly wanted: number;
      readonly accountLimit: number;
      readonly unreserved: number;
    }
  | { readonly kind: 'not told'; readonly message: string };

/** So many must stay unreserved: Lambda refuses to set aside more. */
const keptUnreserved = 100;

export const concurrencyCheck = defineRemoteCheck({
  id: 'concurrency',
  title: 'Lambda concurrency',
  after: ['identity'],
  probe: async ({ clients, target }, { environment }, signal): Promise<ConcurrencySeen> => {
    try {
      const { AccountLimit } = await clients.lambda.send(new GetAccountSettingsCommand({}), {
        abortSignal: signal,
      });
      const accountLimit = AccountLimit?.ConcurrentExecutions;
      const unreserved = AccountLimit?.UnreservedConcurrentExecutions;
      if (accountLimit === undefined || unreserved === undefined)
        return { kind: 'not told', message: 'GetAccountSettings names no limit' };
      return { kind: 'known', wanted: availableParallelism(), accountLimit, unreserved };
    } catch (error) {
      signal.throwIfAborted();
      const { message } = await explainError(error, clients.target, environment);
      return {
        kind: 'not told',
        message: target.kind === 'aws' ? message : `${message} (GetAccountSettings)`,
      };
    }
  },
  judge: judgeConcurrency,
});

export function judgeConcurrency(seen: ConcurrencySeen): Judgement {
  if (seen.kind === 'not told') {
    return {
      status: 'warning',
      seen: `the quota is not known: ${seen.message}`,
      advice: 'Throttled invocations are retried and make the cloud side look slower: watch for them.',
    };
  }
  const { wanted, accountLimit, unreserved } = seen;
  const figures = `${unreserved} of ${accountLimit} concurrent executions are free, a run takes ${wanted}`;
  if (unreserved < wanted) {
    return {
      status: 'problem',
      seen: figures,
      advice: `Use --concurrency and --workers of at most ${unreserved}, or ask AWS for more (Service Quotas, Lambda, Concurrent executions).`,
    };
  }
  if (unreserved - wanted < keptUnreserved) {
    return {
      status: 'warning',
      seen: figures,
      advice: `Leave --concurrency out: Lambda refuses to reserve what would leave fewer than ${keptUnreserved}.`,
    };
  }
  return { status: 'ok', seen: figures };
}
