import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bill, type PriceTable, type Usage, usEast1Prices } from '../src/index.ts';

const total = (usage: Usage, freeTier = false, prices: PriceTable = usEast1Prices): number => {
  const result = bill(usage, prices, { volume: { kind: 'run' }, freeTier });
  if (result.kind === 'not priced') throw new Error('not priced');
  return result.totalUsd;
};

const count = fc.integer({ min: 0, max: 1e12 });
const lambda = {
  architecture: fc.constantFrom('x86_64' as const, 'arm64' as const),
  memoryMb: fc.integer({ min: 128, max: 10_240 }),
  ephemeralStorageMb: fc.integer({ min: 512, max: 10_240 }),
  requests: count,
  billedMs: fc.integer({ min: 0, max: 1e15 }),
};
const usage = fc.record({
  lambda: fc.array(fc.record(lambda), { maxLength: 3 }),
  lambdaProvisioned: fc.array(
    fc.record({
      ...lambda,
      concurrency: fc.integer({ min: 1, max: 10_000 }),
      enabledMs: fc.double({ min: 0, max: 1e12, noNaN: true }),
    }),
    { maxLength: 2 },
  ),
  stepFunctions: fc.record({
    transitions: count,
    express: fc.array(
      fc.record({
        executions: count,
        durationMs: fc.double({ min: 0, max: 300_000, noNaN: true }),
        memoryMb: fc.double({ min: 0, max: 2000, noNaN: true }),
      }),
      { maxLength: 2 },
    ),
  }),
  s3: fc.record({ putRequests: count, getRequests: count }),
  dynamoDb: fc.record({ writeUnits: count, readUnits: count }),
  apiGateway: fc.record({ httpRequests: count, restRequests: count }),
  logs: fc.record({ ingestedBytes: fc.integer({ min: 0, max: 1e15 }) }),
  transfer: fc.record({ outBytes: fc.integer({ min: 0, max: 1e15 }) }),
});

test('more usage never costs less, and the free tier never costs more', () => {
  fc.assert(
    fc.property(usage, usage, fc.boolean(), (a, b, freeTier) => {
      const both = together(a, b);
      expect(total(both, freeTier)).toBeGreaterThanOrEqual(total(a, freeTier));
      expect(total(both, true)).toBeLessThanOrEqual(total(both, false));
    }),
  );
});

test('without tiers, two bills together are the bill of both', () => {
  const prices: PriceTable = {
    ...usEast1Prices,
    prices: Object.fromEntries(
      Object.entries(usEast1Prices.prices).map(([item, price]) => [
        item,
        { ...price, tiers: [{ usd: price.tiers[0]?.usd ?? '0' }] },
      ]),
    ),
  };
  fc.assert(
    fc.property(usage, usage, (a, b) => {
      const sum = total(a, false, prices) + total(b, false, prices);
      const both = total(together(a, b), false, prices);
      // Each total is rounded once to 1e-12 USD and once to a double.
      expect(Math.abs(both - sum)).toBeLessThanOrEqual(3e-12 + 3e-16 * both);
    }),
  );
});

test('the same bill comes whether an item is counted at once or in a hundred parts', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), (billedMs) => {
      const entry = { architecture: 'arm64' as const, memoryMb: 1769, requests: 1, billedMs };
      const parts = Array.from({ length: 100 }, () => entry);
      const whole = [{ ...entry, requests: 100, billedMs: 100 * billedMs }];
      expect(total({ lambda: parts })).toBe(total({ lambda: whole }));
    }),
  );
});

test('lines add up to services, services to the total', () => {
  fc.assert(
    fc.property(usage, fc.boolean(), (used, freeTier) => {
      const result = bill(used, usEast1Prices, { volume: { kind: 'run' }, freeTier });
      if (result.kind === 'not priced') throw new Error('not priced');
      const sum = (amounts: readonly { readonly amountUsd: number }[]) =>
        amounts.reduce((running, { amountUsd }) => running + amountUsd, 0);
      const tolerance = 1e-10 + 1e-14 * result.totalUsd;
      expect(Math.abs(sum(result.lines) - result.totalUsd)).toBeLessThan(tolerance);
      expect(Math.abs(sum(result.services) - result.totalUsd)).toBeLessThan(tolerance);
    }),
  );
});

type Generated = typeof usage extends fc.Arbitrary<infer T> ? T : never;

function together(a: Generated, b: Generated): Usage {
  const sum = <K extends string>(x: Record<K, number>, y: Record<K, number>, key: K) => x[key] + y[key];
  return {
    lambda: [...a.lambda, ...b.lambda],
    lambdaProvisioned: [...a.lambdaProvisioned, ...b.lambdaProvisioned],
    stepFunctions: {
      transitions: a.stepFunctions.transitions + b.stepFunctions.transitions,
      express: [...a.stepFunctions.express, ...b.stepFunctions.express],
    },
    s3: { putRequests: sum(a.s3, b.s3, 'putRequests'), getRequests: sum(a.s3, b.s3, 'getRequests') },
    dynamoDb: {
      writeUnits: sum(a.dynamoDb, b.dynamoDb, 'writeUnits'),
      readUnits: sum(a.dynamoDb, b.dynamoDb, 'readUnits'),
    },
    apiGateway: {
      httpRequests: sum(a.apiGateway, b.apiGateway, 'httpRequests'),
      restRequests: sum(a.apiGateway, b.apiGateway, 'restRequests'),
    },
    logs: { ingestedBytes: sum(a.logs, b.logs, 'ingestedBytes') },
    transfer: { outBytes: sum(a.transfer, b.transfer, 'outBytes') },
  };
}
