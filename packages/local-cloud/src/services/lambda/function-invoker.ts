import { randomUUID } from 'node:crypto';
import type { FunctionInvoker } from '../../server/ports.ts';
import { invokedFunction } from './function-name.ts';
import { mayInvokeFunction } from './may-invoke.ts';
import { checkSyncPayload } from './operations/invoke.ts';
import type { LambdaCore } from './operations/lambda-core.ts';

/** Synchronous invokes for the other services: straight to the environments. The payload is JSON text by the port's contract. */
export function functionInvoker(core: LambdaCore): FunctionInvoker {
  return {
    invoke: async (functionArn, payload, signal) => {
      signal.throwIfAborted();
      const { record, functionArn: invokedArn } = invokedFunction(core.cloud, core.store, functionArn);
      const event = Buffer.from(payload);
      checkSyncPayload(event);
      const requestId = randomUUID();
      const running = core.pool.invoke(record, {
        requestId,
        functionArn: invokedArn,
        payload: event,
        clientContext: undefined,
      });
      const result = await unlessAborted(running, signal);
      return {
        payload: result.payload.toString('utf8'),
        isFunctionError: result.isFunctionError,
        executedVersion: record.version,
        requestId,
      };
    },
    mayInvoke: (functionArn, sourceArn, principal) =>
      mayInvokeFunction(core.cloud, core.store, functionArn, sourceArn, principal),
  };
}

/** Gives up waiting, not the work: what becomes of it then concerns nobody. */
async function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(signal.reason);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
