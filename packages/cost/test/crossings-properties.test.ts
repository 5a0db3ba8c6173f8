import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bill, compareCosts, onPremCost, type PriceTable, usEast1Prices } from '../src/index.ts';

const range = { low: 1, high: 200 };

/** A server for 1 USD a month that does so many images. */
const stair = (imagesPerServer: number, minimumServers: number) => ({
  measured: { kind: 'images-per-second', perMachine: [imagesPerServer / (730 * 3600)] } as const,
  parameters: {
    serverUsd: 12,
    amortisationYears: 1,
    energyUsdPerKwh: 0,
    administratorUsdPerYear: 0,
    utilisation: 1,
    minimumServers,
  },
});

/** One PUT an image, with up to four tiers and perhaps some free. */
const table = (usdPerThousand: readonly number[], edges: readonly number[], free: number): PriceTable => ({
  ...usEast1Prices,
  prices: {
    's3-put-requests': {
      unit: 'requests',
      per: 1000,
      tiers: usdPerThousand.map((usd, index) => ({
        usd: String(usd),
        ...(index < usdPerThousand.length - 1 ? { upTo: edges[index] ?? 0 } : {}),
      })),
      source: 's3',
    },
  },
  freePerMonth: free === 0 ? [] : [{ items: ['s3-put-requests'], quantity: free, source: 's3' }],
});

test('the crossings and the last climb agree with pricing every volume by itself', () => {
  /** Of what an image costs on a full server: near 1 the sides are level, and one price can make up for another. */
  const share = fc.constantFrom(0.5, 0.8, 0.96, 1, 1.02, 1.2, 2);
  fc.assert(
    fc.property(
      fc.array(share, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 8, max: 60 }),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 0, max: 8 }),
      fc.constantFrom(1, 2, 4, 5, 8, 10, 20, 50),
      fc.integer({ min: 1, max: 3 }),
      (shares, edge, width, free, imagesPerServer, minimumServers) => {
        const usdPerThousand = shares.map((of) => (1000 / imagesPerServer) * of);
        const prices = table(usdPerThousand, [edge, edge + width, edge + 2 * width], free);
        const usage = { s3: { putRequests: 1 } };
        const onPrem = stair(imagesPerServer, minimumServers);
        const result = compareCosts(
          { usage, images: 1, billedMsPerImage: [1], prices, freeTier: true },
          onPrem,
          { seed: 1, range, pairing: 'independent' },
        );
        if (result.kind === 'not priced') throw new Error('not priced');
        const { outcome, lasting } = result;

        /** null: as good as equal, so that a last digit may decide. */
        const cheaperAt = (imagesPerMonth: number) => {
          const volume = { kind: 'monthly' as const, imagesInRun: 1, imagesPerMonth };
          const month = bill(usage, prices, { volume, freeTier: true });
          if (month.kind === 'not priced') throw new Error('not priced');
          const { totalUsd } = onPremCost(imagesPerMonth, onPrem.measured, onPrem.parameters);
          if (Math.abs(month.totalUsd - totalUsd) < 1e-9) return null;
          return month.totalUsd > totalUsd ? 'on-prem' : 'cloud';
        };
        const crossings = outcome.kind === 'crosses' ? outcome.crossings : [];
        const start = outcome.kind === 'crosses' ? outcome.cheaperAtLow : outcome.cheaper;
        const volumes = Array.from({ length: range.high }, (_, index) => index + 1);
        const known =
          outcome.kind === 'crosses' && outcome.hasMore ? (crossings.at(-1)?.imagesPerMonth ?? 0) : Infinity;
        for (const volume of volumes.filter((candidate) => candidate < known)) {
          if (crossings.some(({ imagesPerMonth }) => Math.abs(imagesPerMonth - volume) < 1e-6)) continue;
          const seen = cheaperAt(volume);
          const passed = crossings.filter(({ imagesPerMonth }) => imagesPerMonth < volume);
          if (seen !== null) expect([volume, passed.at(-1)?.cheaperAbove ?? start]).toEqual([volume, seen]);
        }

        const from = lasting === 'below the range' ? 0 : lasting === 'above the range' ? Infinity : lasting;
        for (const volume of volumes.filter((candidate) => candidate > from + 1e-6)) {
          expect(cheaperAt(volume)).not.toBe('cloud');
        }
        if (lasting === 'above the range') expect(cheaperAt(range.high)).not.toBe('on-prem');
        else if (from > range.low + 1e-6) expect(cheaperAt(from - 1e-6)).not.toBe('on-prem');
      },
    ),
    { numRuns: 100 },
  );
});
