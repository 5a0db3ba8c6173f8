import { notImplemented } from '../errors.ts';
import type { OperationModel } from '../protocol/operation-model.ts';
import { loadServiceModel } from '../protocol/service-model.ts';
import type { OperationCaller } from '../server/ports.ts';
import { RequestBody } from '../server/request-body.ts';
import type { Operation, Service } from '../server/service.ts';

/** Calls the operations of the cloud's own services as a request would, but for the socket and the signature. */
export function operationCaller(services: () => readonly Service[]): OperationCaller {
  function find(serviceId: string, operationName: string): Operation | undefined {
    const operations = services().find(({ id }) => id === serviceId)?.operations ?? {};
    return Object.hasOwn(operations, operationName) ? operations[operationName] : undefined;
  }

  const models = new Map<string, ReturnType<typeof loadServiceModel>>();
  function modelOf(serviceId: string): ReturnType<typeof loadServiceModel> {
    let model = models.get(serviceId);
    if (model === undefined) {
      model = loadServiceModel(serviceId);
      models.set(serviceId, model);
    }
    return model;
  }

  return {
    has: (serviceId, operationName) => find(serviceId, operationName) !== undefined,

    call: async (serviceId, operationName, input, requestId) => {
      const operation = find(serviceId, operationName);
      const model = (await modelOf(serviceId)).operations.get(operationName);
      if (operation === undefined || model === undefined) throw notImplemented(serviceId, operationName);
      const members: Record<string, unknown> = { ...Object(input) };
      const output: unknown = await operation(withStream(model, members), {
        requestId,
        headers: headersOf(model, members),
        accessKeyId: undefined,
        sourceIp: '127.0.0.1',
      });
      return output;
    },
  };
}

/** A payload that would have come as a stream. */
function withStream(
  { input: { payload } }: OperationModel,
  members: Record<string, unknown>,
): Record<string, unknown> {
  if (payload?.streaming !== true) return members;
  const body = members[payload.name];
  if (!(body instanceof Uint8Array)) return members;
  return { ...members, [payload.name]: new RequestBody(chunksOf(body), body.byteLength) };
}

async function* chunksOf(body: Uint8Array): AsyncGenerator<Uint8Array> {
  if (body.byteLength > 0) yield body;
}

/** Some operations read a member where it travels. */
function headersOf(
  { input }: OperationModel,
  members: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { name, wireName } of input.headers) {
    const value = members[name];
    if (value instanceof Date) headers[wireName] = value.toUTCString();
    else if (typeof value === 'string') headers[wireName] = value;
    else if (typeof value === 'number' || typeof value === 'boolean') headers[wireName] = `${value}`;
  }
  return headers;
}
