import { expect, test } from 'vitest';
import { bill, type Usage, usEast1Prices } from '../src/index.ts';

const gb = 2 ** 30;

/** Duration of a GB of memory, so that a thousand billed milliseconds are one GB-second. */
const gbSeconds = (architecture: 'x86_64' | 'arm64') => (quantity: number) => ({
  lambda: [{ architecture, memoryMb: 1024, requests: 0, billedMs: quantity * 1000 }],
});

const tiered: readonly [
  name: string,
  usageOf: (quantity: number) => Usage,
  unitUsd: readonly number[],
  edges: readonly number[],
][] = [
  ['Lambda x86_64', gbSeconds('x86_64'), [0.0000166667, 0.000015, 0.0000133334], [6e9, 15e9]],
  ['Lambda arm64', gbSeconds('arm64'), [0.0000133334, 0.0000120001, 0.0000106667], [7.5e9, 18.75e9]],
  ['HTTP API', (n) => ({ apiGateway: { httpRequests: n } }), [1e-6, 0.9e-6], [300e6]],
  [
    'REST API',
    (n) => ({ apiGateway: { restRequests: n } }),
    [3.5e-6, 2.8e-6, 2.38e-6, 1.51e-6],
    [333e6, 1e9, 20e9],
  ],
  ['logs', (n) => ({ logs: { ingestedBytes: n * gb } }), [0.5, 0.25, 0.1, 0.05], [10_000, 30_000, 50_000]],
  [
    'data out',
    (n) => ({ transfer: { outBytes: n * gb } }),
    [0.09, 0.085, 0.07, 0.05],
    [10_240, 51_200, 153_600],
  ],
];

const lines = (usage: Usage, freeTier = false) => {
  const result = bill(usage, usEast1Prices, { volume: { kind: 'run' }, freeTier });
  if (result.kind === 'not priced') throw new Error('not priced');
  return result.lines.map(({ tier, quantity, price, amountUsd }) => ({
    tier,
    quantity,
    unitUsd: price.usd / price.per,
    amountUsd,
  }));
};

test.each(tiered)(
  '%s: a tier ends at its edge and the next unit costs the next price',
  (...[, usageOf, unitUsd, edges]) => {
    for (const [index, edge] of edges.entries()) {
      const at = lines(usageOf(edge));
      expect(at.map(({ tier }) => tier)).toEqual(edges.slice(0, index + 1).map((_, tier) => tier + 1));
      expect(at.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(edge);
      const beyond = lines(usageOf(edge + 1));
      expect(beyond.slice(0, -1)).toEqual(at);
      expect(beyond.at(-1)).toMatchObject({ tier: index + 2, quantity: 1 });
      expect(beyond.at(-1)?.amountUsd).toBeCloseTo(unitUsd[index + 1] ?? Number.NaN, 12);
    }
  },
);

test('what is free uses up the first tier', () => {
  // 10,240 GB sent: 100 free, 10,140 x 0.09; the next GB already costs 0.085.
  const sent = lines({ transfer: { outBytes: 10_241 * gb } }, true);
  expect(sent.map(({ tier, quantity, amountUsd }) => [tier, quantity, amountUsd])).toEqual([
    ['free', 100, 0],
    [1, 10_140, 912.6],
    [2, 1, 0.085],
  ]);
});

test('a free tier ends at its edge', () => {
  expect(lines({ stepFunctions: { transitions: 4000 } }, true)).toMatchObject([
    { tier: 'free', quantity: 4000 },
  ]);
  expect(lines({ stepFunctions: { transitions: 4001 } }, true)).toMatchObject([
    { tier: 'free', quantity: 4000, amountUsd: 0 },
    { tier: 1, quantity: 1, amountUsd: 0.000025 },
  ]);
});

test.each([
  [0, 0, 0],
  [1, 1, 100 * 64],
  [100, 64, 100 * 64],
  [100.5, 64, 200 * 64],
  [200, 64.1, 200 * 128],
])('an Express workflow of %d ms and %d MB is billed for %d MB-ms', (durationMs, memoryMb, mbMs) => {
  const [, duration] = lines({ stepFunctions: { express: [{ executions: 1e6, durationMs, memoryMb }] } });
  expect(duration?.quantity ?? 0).toBeCloseTo((1e6 * mbMs) / 1024 / 3_600_000, 12);
});
