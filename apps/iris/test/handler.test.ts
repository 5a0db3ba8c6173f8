import { afterEach, describe, expect, it, vi } from 'vitest';

import { createHandler } from '../src/functions/create-handler.ts';
import { handler } from '../src/functions/predict.ts';
import { handler as handlerWithSdk } from '../src/functions/predict-with-sdk.ts';

const mockEvent = { body: '{"values": [[5.1, 3.5, 1.4, 0.2], [6.3, 3.3, 6.0, 2.5]]}' };

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the handler', () => {
  it.each([
    ['alone', handler],
    ['in a bundle with SDK clients', handlerWithSdk],
  ])(
    '%s answers classes, their names and probabilities, and logs its cold start once',
    async (_where, call) => {
      const log = vi.spyOn(console, 'log').mockReturnValue(undefined);
      const answer = await call(mockEvent, { awsRequestId: 'request-1' });
      await call(mockEvent, { awsRequestId: 'request-2' });

      expect(answer).toMatchObject({
        statusCode: 200,
        headers: { 'content-type': 'application/json', 'x-lambda-request-id': 'request-1' },
      });
      const content = JSON.parse(answer.body);
      expect(content).toEqual({
        predictions: [0, 2],
        classNames: ['setosa', 'virginica'],
        probabilities: [expect.any(Array), expect.any(Array)],
      });
      for (const [row, of] of [
        [0, 0],
        [1, 2],
      ] as const)
        expect(content.probabilities[row][of]).toBeGreaterThan(0.9);

      expect(log).toHaveBeenCalledOnce();
      const { coldStart } = JSON.parse(String(log.mock.lastCall?.[0]));
      const { timeOrigin, nodeReadyMs, codeLoadedMs, initialisedMs, firstCallStartedMs, firstCallEndedMs } =
        coldStart;
      const inOrder = [0, nodeReadyMs, codeLoadedMs, initialisedMs, firstCallStartedMs, firstCallEndedMs];
      expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
      expect(timeOrigin).toBe(performance.timeOrigin);
      expect(coldStart).toMatchObject({ initialisationType: null, compileCache: null });
    },
  );

  it('says of a fault of its own nothing but that it is one', async () => {
    vi.spyOn(console, 'log').mockReturnValue(undefined);
    const error = vi.spyOn(console, 'error').mockReturnValue(undefined);
    const broken = createHandler(
      () => {
        throw new Error('/secret/path is broken');
      },
      { codeLoadedMs: 0, initialisedMs: 0 },
    );
    expect(await broken(mockEvent, { awsRequestId: 'request-1' })).toMatchObject({
      statusCode: 500,
      headers: { 'x-lambda-request-id': 'request-1' },
      body: '{"message":"Internal server error"}',
    });
    expect(error).toHaveBeenCalledOnce();
  });
});
