import { fileURLToPath } from 'node:url';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { declarationBasics, declareApp, deploy } from '@skyground/cloud';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { type ServedCloud, startTestCloud } from './support/test-cloud.ts';

const signal = new AbortController().signal;
let cloud: ServedCloud;

beforeEach(async () => {
  cloud = await startTestCloud();
});

afterEach(async () => {
  await cloud.stop();
});

it('a function brings the compile cache of its code, V8 takes it, and a second deploy changes nothing', async () => {
  const { clients } = cloud;
  const settings = {
    entryPoint: fileURLToPath(new URL('fixtures/compile-cache/handler.ts', import.meta.url)),
    memoryMb: 256,
    timeoutS: 10,
    environment: { TABLE: { table: 'main' } },
    uses: [],
  } as const;
  const app = declareApp({
    app: 'cached',
    ...declarationBasics([], clients.target),
    logRetentionDays: 1,
    tables: { main: { partitionKey: { name: 'id', type: 'S' } } },
    functions: { without: settings, cached: { ...settings, compileCache: true } },
  });
  const { names } = await deploy(app, clients, { signal });
  const invoke = async ({ name }: { readonly name: string }): Promise<unknown> => {
    const { Payload } = await clients.lambda.send(new InvokeCommand({ FunctionName: name }));
    return JSON.parse(Payload?.transformToString() ?? '');
  };

  const answer = { table: 'skyground-cached', clients: 2 };
  expect(await invoke(names.functions.cached)).toEqual({ ...answer, compileCache: 'accepted' });
  expect(await invoke(names.functions.without)).toEqual({ ...answer, compileCache: null });
  expect((await deploy(app, clients, { signal })).changed).toBe(false);
});
