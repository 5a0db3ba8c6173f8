import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';

import type { CloudClients } from './clients.ts';
import { CloudError } from './errors.ts';
import { explainError } from './explain-error.ts';
import type { Identity } from './names.ts';

/** Who asks: the account and region, and the user or role by name. */
export interface Caller extends Identity {
  readonly arn: string;
}

/** Asks the target who we are: the first call of every command, so the one that meets wrong credentials and dead endpoints. */
export async function identify(clients: CloudClients, signal: AbortSignal): Promise<Caller> {
  try {
    const caller = await clients.sts.send(new GetCallerIdentityCommand({}), { abortSignal: signal });
    const region = await clients.sts.config.region();
    const { Account: accountId, Arn: arn } = caller;
    if (accountId === undefined || arn === undefined)
      throw new CloudError(`${clients.target.label}: GetCallerIdentity named no account or no caller.`);
    return { accountId, arn, partition: arn.split(':')[1] ?? 'aws', region };
  } catch (error) {
    signal.throwIfAborted();
    throw await explainError(error, clients.target, process.env);
  }
}
