import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';

import type { Invoke } from '../runtime.ts';
import { resolveFunction } from './environment.ts';

/** Lambda's asynchronous invoke: it keeps the event, delivers it at least once, and twice more if the function fails. */
export function lambdaInvoke(client: LambdaClient, arnOf: (key: string) => string): Invoke {
  return async (functionName, event) => {
    await client.send(
      new InvokeCommand({
        FunctionName: resolveFunction(functionName, arnOf),
        InvocationType: 'Event',
        Payload: Buffer.from(event),
      }),
    );
  };
}
