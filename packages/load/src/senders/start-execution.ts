import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { clientConfiguration, timedCall } from './aws.ts';
import type { Sender, SenderContext } from './sender.ts';
import type { StartExecutionSettings } from './settings.ts';

/** Starts executions and measures until each is accepted, not until it ends: their histories tell the rest. */
export function startExecutionSender(settings: StartExecutionSettings, context: SenderContext): Sender {
  const client = new SFNClient(clientConfiguration(settings.aws, context));
  const sentBytes = Buffer.byteLength(settings.input);
  return {
    method: 'StartExecution',
    send: (signal) =>
      timedCall(context, sentBytes, signal, async (abortSignal, onHead) => {
        const command = new StartExecutionCommand({
          stateMachineArn: settings.stateMachineArn,
          input: settings.input,
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
        return { statusCode: output.$metadata.httpStatusCode, error: null, receivedBytes: 0 };
      }),
    close: async () => client.destroy(),
  };
}
