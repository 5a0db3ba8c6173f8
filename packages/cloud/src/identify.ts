import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';

import type { CloudClients } from './clients.ts';
import { CloudError } from './errors.ts';
import { explainError } from './explain-error.ts';
import type { Identity } from './names.ts';

/** Asks the target who we are: the first call of every command, so the one that meets wrong credentials and dead endpoints. */
export async function identify(clients: CloudClients, signal: AbortSignal): Promise<Identity> {
  try {
    const caller = await clients.sts.send(new GetCallerIdentityCommand({}), { abortSignal: signal });
    const region = await clients.sts.config.region();
    if (caller.Account === undefined)
      throw new CloudError(`${clients.target.label}: GetCallerIdentity named no account.`);
    return { accountId: caller.Account, partition: caller.Arn?.split(':')[1] ?? 'aws', region };
  } catch (error) {
    signal.throwIfAborted();
    throw await explainError(error, clients.target, process.env);
  }
}
