import { onPremCost } from '@skyground/cost';
import { UsageError } from '@skyground/experiment';
import { describe, expect, it } from 'vitest';
import { breakEvenOf, onPremParametersOf } from '../../src/cloud-vs-onprem/break-even.ts';
import type { Sample } from '../../src/cloud-vs-onprem/sample.ts';
import { estimatedUsage, usageOf } from '../../src/cloud-vs-onprem/usage.ts';
import { cloudSample, onPremSample, parameters } from './samples.ts';

describe('what a run used of the cloud', () => {
  it('is counted from the rows, warm-up, failures and images that never came back among them', () => {
    const rows = [
      onPremSample(),
      cloudSample({ phase: 'warm-up', billedMs: 700, cold: true, listRequests: 3, requestId: 'r-0' }),
      cloudSample({ billedMs: 30, listRequests: 5, attempt: 2 }),
      cloudSample({ billedMs: 20, status: 'error', requestId: 'r-2', memorySizeMb: 512 }),
      cloudSample({ billedMs: null, status: 'error', timedOut: true, requestId: null, logBytes: null }),
    ];
    const usage = usageOf(rows);
    expect(usage.lambda).toEqual([
      { architecture: 'x86_64', memoryMb: 1769, requests: 3, billedMs: 730 },
      { architecture: 'x86_64', memoryMb: 512, requests: 1, billedMs: 20 },
    ]);
    // 4 uploads, 3 rows, 2 outputs, 8 LISTs; 3 inputs and 3 rows read.
    expect(usage.s3).toEqual({ putRequests: 17, getRequests: 6 });
    expect(usage.logs).toEqual({ ingestedBytes: 1500 });
  });

  it('is estimated for a plan with its warm-up', () => {
    const { lambda, s3 } = estimatedUsage(parameters({ repetitions: 3 }), ['a', 'b'], 'arm64');
    // 3 rounds of 2 images and of 4 to warm 2 environments up; 2 cold starts.
    expect(lambda).toEqual([
      { architecture: 'arm64', memoryMb: 1769, requests: 18, billedMs: 18 * 400 + 2 * 600 },
    ]);
    expect(s3).toEqual({ putRequests: 84, getRequests: 36 });
  });
});

describe('the break-even', () => {
  const samples = (change: Partial<Sample> = {}) =>
    Array.from({ length: 8 }, (_, index) => [
      onPremSample({ image: `${index}.jpg`, processingTimeMs: 90, downloadMs: 5, uploadMs: 5 }),
      cloudSample({ image: `${index}.jpg`, billedMs: 100, requestId: `r-${index}`, ...change }),
    ]).flat();

  it('follows from billed time on one side and busy cores on the other', () => {
    const result = breakEvenOf(samples(), [
      'serverUsd=6000',
      'administratorUsdPerYear=0',
      'energyUsdPerKwh=0',
    ]);
    if (result.kind !== 'comparison') throw new Error(result.kind);
    // 100 USD a month for a server; an image costs its request, its 0.1 s of 1769 MB, 3 PUT, 2 GET, log and bytes out.
    const lambdaUsd = 0.2e-6 + 0.1 * (1769 / 1024) * 0.0000166667;
    const s3Usd = 3 * 0.005e-3 + 2 * 0.0004e-3;
    const imageUsd = lambdaUsd + s3Usd;
    const logsAndTransferUsd = (500 * 0.5 + 1500 * 0.09) / 2 ** 30;
    expect(result.first).toBeLessThan(100 / imageUsd);
    expect(result.first).toBeGreaterThan(100 / (imageUsd + logsAndTransferUsd));
    // 90 ms of processing, 5 of reading and 5 of storing keep a core busy.
    const { servers } = onPremCost(1e10, { kind: 'cpu-seconds', perImage: [0.1] });
    expect(result.curve.at(-1)?.onPrem.servers).toBe(servers);
    expect(result).toMatchObject({ modelled: true, region: 'us-east-1', interval: { kind: 'interval' } });
  });

  it('has nothing of what only the measuring asked for: LIST requests to wait for rows', () => {
    expect(breakEvenOf(samples({ listRequests: 1000 }), [])).toEqual(breakEvenOf(samples(), []));
  });

  it('is of the images that both sides did', () => {
    const large = cloudSample({ image: 'large.jpg', billedMs: 60_000, requestId: 'r-large' });
    expect(breakEvenOf([...samples(), large], [])).toEqual(breakEvenOf(samples(), []));
  });

  it('says by name what keeps it from being known', () => {
    expect(breakEvenOf(samples({ billedMs: null }), [])).toMatchObject({
      reason: expect.stringContaining('8 cloud rows'),
    });
    const elsewhere = samples().map((sample) => ({ ...sample, priceRegion: 'eu-central-1' }));
    expect(breakEvenOf(elsewhere, [])).toMatchObject({ reason: expect.stringContaining('eu-central-1') });
    expect(
      breakEvenOf(
        elsewhere.map((sample) => ({ ...sample, priceRegion: 'eu-west-3' })),
        [],
      ).kind,
    ).toBe('not priced');
    expect(breakEvenOf([onPremSample()], [])).toMatchObject({ reason: expect.stringContaining('No image') });
  });

  it.each(['pue', 'pue=', 'pue=much', 'pue=0.5', 'rent=5'])('refuses %s as a cost of own servers', (text) => {
    expect(() => onPremParametersOf([text])).toThrow(UsageError);
  });
});
