import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';

import type { Invoke } from '../runtime.ts';

/** Lambda's asynchronous invoke: it keeps the event, delivers it at least once, and twice more if the function fails. */
export function lambdaInvoke(client: LambdaClient): Invoke {
  return async (FunctionName, event) => {
    const Payload = Buffer.from(event);
    await client.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload }));
  };
}
