import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import {
  type AnyExperiment,
  deleteRun,
  deriveAgain,
  previewRun,
  type RunBill,
  runExperiment,
} from '../../src/index.ts';
import { dummyExperiment } from '../fixtures/dummy-experiment.ts';
import { noFlags } from '../fixtures/no-flags.ts';
import { contentOf, folderOf, runDummy } from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const signal = new AbortController().signal;

/** Each race: an invocation of 100 billed ms at 512 MB, 3 transitions, a PUT. */
const usageOf = (races: number) => ({
  lambda: [{ architecture: 'x86_64', memoryMb: 512, requests: races, billedMs: 100 * races }] as const,
  stepFunctions: { transitions: 3 * races },
  s3: { putRequests: races },
});
const billed: AnyExperiment = { ...dummyExperiment, usage: (samples) => usageOf(samples.length) };

function totalOf(bill: RunBill | undefined): number | undefined {
  return bill?.kind === 'priced' ? bill.listPrice.totalUsd : undefined;
}

/**
 * 24 races: 24 x $0.20 / 1e6 + 24 x 0.1 s x 0.5 GB x $0.0000166667 + 72 x $0.025 / 1e3 + 24 x $0.005 / 1e3, to the
 * cent of a micro-dollar.
 */
const total24 = 0.0000048 + 0.00002000004 + 0.0018 + 0.00012;

test('a run gets a bill of what its samples used, with and without the free tier, the same whenever it is derived', async () => {
  const { outcome } = await runDummy(await temporaryFolder(), {}, { experiment: billed });
  const folder = folderOf(outcome);
  const text = await contentOf(folder, 'bill.json');
  const file: unknown = JSON.parse(text);
  expect(file).toMatchObject({
    schemaVersion: 1,
    usage: usageOf(24),
    bill: {
      kind: 'priced',
      listPrice: {
        modelled: true,
        region: 'us-east-1',
        freeTier: false,
        totalUsd: expect.closeTo(total24, 10),
      },
      // Lambda's requests and GB-seconds, and the first 4,000 transitions, are free; S3 is not.
      withFreeTier: { freeTier: true, totalUsd: expect.closeTo(0.00012, 10) },
    },
  });
  const derived = await deriveAgain(billed, folder, signal);
  expect(totalOf(derived.bill)).toBeCloseTo(total24, 10);
  expect(await contentOf(folder, 'bill.json')).toBe(text);
  await expect(deriveAgain(dummyExperiment, folder, signal)).resolves.toMatchObject({ bill: undefined });
  await expect(contentOf(folder, 'bill.json'), 'none of an experiment that uses nothing').rejects.toThrow(
    'ENOENT',
  );
  await deriveAgain(billed, folder, signal);
  await deleteRun(folder);
});

test('in a region without sourced prices the bill says so, and no other region lends its own', async () => {
  const folder = folderOf((await runDummy(await temporaryFolder(), {}, { experiment: billed })).outcome);
  const manifest: object = JSON.parse(await contentOf(folder, 'manifest.json'));
  const billIn = async (region: string) => {
    const cloud = { request: noFlags, kind: 'aws', region, priceRegion: region, cpuShare: null };
    await writeFile(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, cloud }));
    return (await deriveAgain(billed, folder, signal)).bill;
  };
  expect(await billIn('eu-central-1')).toMatchObject({ kind: 'no prices', region: 'eu-central-1' });
  expect(await billIn('eu-west-3')).toMatchObject({
    kind: 'not priced',
    region: 'eu-west-3',
    missing: expect.arrayContaining([expect.objectContaining({ service: 'Lambda' })]),
  });
});

test('prices that were old when the run was made are told, whatever the experiment says', async () => {
  const later = { nowMs: () => Date.UTC(2031, 0, 1) };
  const resultsFolder = await temporaryFolder();
  const options = { resultsFolder, cloud: noFlags, emit: () => undefined, signal, clock: later };
  const outcome = await runExperiment(billed, {}, options);
  expect(outcome).toMatchObject({
    kind: 'valid',
    findings: expect.arrayContaining([
      expect.objectContaining({ checkId: 'stale-prices', severity: 'warning' }),
    ]),
  });
  const plain = await runExperiment(dummyExperiment, {}, options);
  expect('findings' in plain && plain.findings.map(({ checkId }) => checkId)).not.toContain('stale-prices');
});

test('what a run would cost is known from its plan, in the region that the person chose', async () => {
  vi.stubEnv('AWS_REGION', '');
  vi.stubEnv('AWS_DEFAULT_REGION', '');
  vi.stubEnv('INIT_CWD', await temporaryFolder());
  try {
    const planned: AnyExperiment = {
      ...billed,
      plan: async (parameters) => {
        const plan = await dummyExperiment.plan({
          repetitions: 12,
          variant: 'fair',
          slowdown: 1,
          ...parameters,
        });
        return { ...plan, estimatedUsage: usageOf(plan.units.length) };
      },
    };
    const preview = await previewRun(planned, {}, { cloud: noFlags });
    expect(preview.plan.units).toHaveLength(24);
    expect(preview.parameters).toMatchObject({ repetitions: { value: 12, origin: 'default' } });
    expect(totalOf(preview.bill)).toBeCloseTo(total24, 10);
    expect(await previewRun(planned, {}, { cloud: { ...noFlags, region: 'eu-central-1' } })).toMatchObject({
      bill: { kind: 'no prices', region: 'eu-central-1' },
    });
    expect((await previewRun(dummyExperiment, {}, { cloud: noFlags })).bill).toBeUndefined();
    await expect(previewRun(planned, {}, { cloud: { ...noFlags, region: 'Paris' } })).rejects.toThrow(
      'flag --region',
    );
    await expect(
      previewRun(planned, { repetitions: { value: -1, origin: 'flag' } }, { cloud: noFlags }),
    ).rejects.toThrow('repetitions');
    await expect(previewRun(planned, {}, { cloud: noFlags, thresholds: ['wolf: p(99)<5'] })).rejects.toThrow(
      'Arms: tortoise, hare',
    );
  } finally {
    vi.unstubAllEnvs();
  }
});
