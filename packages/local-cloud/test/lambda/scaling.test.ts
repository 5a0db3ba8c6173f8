import { writeFileSync } from 'node:fs';
import { GetAccountSettingsCommand, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ScalingRate } from '../../src/services/lambda/environments/scaling-rate.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { startLambda, until } from './lambda-fixture.ts';

test('a function gets one period’s environments at once, then one whenever its share of the period is over', () => {
  const clock = new ManualClock();
  const rate = new ScalingRate(clock, 4);
  for (let n = 0; n < 4; n += 1) {
    expect(rate.nextMs('fn')).toBeUndefined();
    rate.take('fn');
  }
  expect(rate.nextMs('fn')).toBe(clock.now() + 2500);
  expect(rate.nextMs('other')).toBeUndefined();
  clock.advance(2499);
  expect(rate.nextMs('fn')).toBe(clock.now() + 1);
  clock.advance(1);
  expect(rate.nextMs('fn')).toBeUndefined();
  rate.take('fn');
  expect(rate.nextMs('fn')).toBe(clock.now() + 2500);
});

test('nothing is carried over: after any idle time no more than one period’s are given', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.array(fc.nat(40_000)), (environments, pausesMs) => {
      const clock = new ManualClock();
      const rate = new ScalingRate(clock, environments);
      let [given, elapsedMs] = [0, 0];
      for (const pauseMs of [0, ...pausesMs]) {
        clock.advance(pauseMs);
        elapsedMs += pauseMs;
        let atOnce = 0;
        while (rate.nextMs('fn') === undefined) {
          rate.take('fn');
          atOnce += 1;
        }
        given += atOnce;
        expect(atOnce).toBeLessThanOrEqual(environments);
      }
      expect(given).toBeLessThanOrEqual(environments + (elapsedMs * environments) / 10_000 + 1e-6);
    }),
  );
});

test.for([
  ['without a reservation', 'FunctionInvocationRateLimitExceeded'],
  ['with one', 'ReservedFunctionInvocationRateLimitExceeded'],
] as const)('beyond the scaling rate an invoke is refused with 429, %s', async ([kind, Reason]) => {
  const clock = new ManualClock();
  const { create, invoke, client, environment, logStreams } = await startLambda({ clock, scalingRate: 1 });
  await create(
    `import { existsSync } from 'node:fs';
     export const handler = async (gate) => {
       while (!existsSync(gate)) await new Promise((resolve) => setTimeout(resolve, 5)); };`,
    { Timeout: 60 },
  );
  if (kind === 'with one') {
    await client.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'fn', ReservedConcurrentExecutions: 5 }),
    );
  }
  const gate = `${environment.stateDir}/gate`;
  const first = invoke(gate);
  await until(async () => expect(await logStreams()).toHaveLength(1));
  await expect(invoke(gate)).rejects.toMatchObject({ name: 'TooManyRequestsException', Reason });
  // An event waits for it instead.
  await invoke(gate, { InvocationType: 'Event' });
  clock.advance(10_001);
  await until(async () => expect(await logStreams()).toHaveLength(2));
  writeFileSync(gate, '');
  await first;
  // Environments that there are may be used at any rate.
  await until(async () => expect((await invoke(gate)).FunctionError).toBeUndefined());
});

test('the account shows its limits and what is used', async () => {
  const { create, client } = await startLambda({ maximumConcurrency: 40 });
  const { CodeSize = 0 } = await create('export const handler = async () => {};', { Publish: true });
  expect(await client.send(new GetAccountSettingsCommand({}))).toMatchObject({
    AccountLimit: {
      ConcurrentExecutions: 1000,
      UnreservedConcurrentExecutions: 40,
      TotalCodeSize: 80_530_636_800,
      CodeSizeUnzipped: 262_144_000,
      CodeSizeZipped: 52_428_800,
    },
    AccountUsage: { FunctionCount: 1, TotalCodeSize: 2 * CodeSize },
  });
});
