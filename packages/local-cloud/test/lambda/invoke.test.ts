import { expect, test } from 'vitest';
import { startLambda } from './lambda-fixture.ts';

test('a first invoke is cold, the next is warm in the same environment', async () => {
  const { create, invoke, logStreams } = await startLambda();
  await create(`let n = 0; console.log('loading'); export const handler = async (event, context) => {
    console.log('one\\ntwo'); process.stdout.write('raw\\n'); return { n: n += 1, event, id: context.awsRequestId, pid: process.pid }; };`);

  const cold = await invoke({ a: 1 });
  const warm = await invoke({ a: 2 });

  expect(cold).toMatchObject({
    StatusCode: 200,
    ExecutedVersion: '$LATEST',
    payload: { n: 1, event: { a: 1 } },
  });
  expect(warm.payload).toMatchObject({ n: 2, event: { a: 2 }, pid: cold.payload.pid });
  expect(await logStreams()).toHaveLength(1);
});
