import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { clientConfiguration, timedCall } from './aws.ts';
import type { Sender, SenderContext } from './sender.ts';
import type { LambdaSettings } from './settings.ts';

/** Invokes a function. A function that ends with an error has failed, although Lambda answers 200. */
export function lambdaSender(settings: LambdaSettings, context: SenderContext): Sender {
  const client = new LambdaClient(clientConfiguration(settings.aws, context));
  const payload = Buffer.from(settings.payload);
  return {
    method: 'Invoke',
    send: (signal) =>
      timedCall(context, payload.byteLength, signal, async (abortSignal, onHead) => {
        const command = new InvokeCommand({
          FunctionName: settings.functionName,
          InvocationType: settings.invocationType,
          Payload: payload,
        });
        command.middlewareStack.add(
          (next) => async (args) => {
            const result = await next(args);
            onHead();
            return result;
          },
          { step: 'deserialize', priority: 'low', name: 'skygroundFirstByte' },
        );
        const output = await client.send(command, { abortSignal });
        return {
          statusCode: output.StatusCode,
          error: output.FunctionError === undefined ? null : `function error ${output.FunctionError}`,
          receivedBytes: output.Payload?.byteLength ?? 0,
        };
      }),
    close: async () => client.destroy(),
  };
}
