import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { exitCodeOf, resumeRun, runExperiment, showRun } from '../../src/index.ts';
import { greetingExperiment } from '../fixtures/greeting-experiment.ts';
import { noFlags } from '../fixtures/no-flags.ts';
import { contentOf } from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const few = { repetitions: { value: 6, origin: 'flag' } } as const;

afterEach(() => vi.unstubAllEnvs());

/** Folders of the test's own, and nothing of this shell that would lead elsewhere. */
async function places() {
  const folder = await temporaryFolder();
  for (const name of [
    'SKYGROUND_TARGET',
    'AWS_ENDPOINT_URL',
    'AWS_REGION',
    'AWS_DEFAULT_REGION',
    'AWS_PROFILE',
  ])
    vi.stubEnv(name, '');
  vi.stubEnv('INIT_CWD', folder);
  const stateDir = join(folder, 'cloud');
  const resultsFolder = join(folder, 'results');
  return { stateDir, resultsFolder, emit: () => undefined, signal: new AbortController().signal };
}

test('what an experiment needs is deployed on the embedded cloud, which is stopped afterwards; a failed deployment is resumed', async () => {
  const options = { ...(await places()), cloud: { ...noFlags, role: 'arn:aws:iam::000000000000:role/Mine' } };
  const broken = greetingExperiment(join(options.resultsFolder, 'nowhere.ts'));
  const failed = await runExperiment(broken, few, options);
  expect(failed).toMatchObject({ kind: 'failed', message: expect.stringContaining('nowhere.ts') });
  const folder = failed.kind === 'failed' ? (failed.folder ?? '') : '';
  expect(await showRun(folder)).toMatchObject({
    status: 'failed',
    manifest: { targetLabel: 'cloud (local)' },
  });

  const begun = await contentOf(folder, 'manifest.json');
  await writeFile(join(folder, 'manifest.json'), begun.replace('cloud (local)', 'aws (eu-west-3)'));
  expect(await resumeRun(greetingExperiment(), folder, options)).toMatchObject({
    kind: 'usage',
    message: expect.stringContaining('begun on aws (eu-west-3), and would go on on cloud (local)'),
  });
  await writeFile(join(folder, 'manifest.json'), begun);

  const resumed = await resumeRun(greetingExperiment(), folder, options);
  expect(resumed).toMatchObject({ folder, verdict: expect.anything() });
  const { manifest } = await showRun(folder);
  expect(manifest.cloud).toEqual({
    request: { ...noFlags, role: 'Mine' },
    kind: 'local',
    region: 'us-east-1',
    priceRegion: 'us-east-1',
    cpuShare: 'off',
  });
  expect(await contentOf(folder, 'samples.csv')).toContain('{""greeting"":""hello race#6""}');
  // 12 requests of $0.20 a million; 12 times 7 ms of 1/8 GB at $0.0000166667 a GB-second.
  expect(JSON.parse(await contentOf(folder, 'bill.json'))).toMatchObject({
    usage: { lambda: [{ requests: 12, billedMs: 84 }] },
    bill: { kind: 'priced', listPrice: { region: 'us-east-1', totalUsd: 0.0000024 + 0.000000175 } },
  });
  expect((await showRun(folder)).bill).toMatchObject({
    kind: 'priced',
    listPrice: { modelled: true, totalUsd: 0.000002575 },
  });
  const log = await contentOf(folder, 'run.log');
  expect(log).toMatch(/info deploying\n(.*\n)*.*info created function skyground-greeting/);
  expect(existsSync(options.stateDir) && !existsSync(join(options.stateDir, 'lock')), 'it was stopped').toBe(
    true,
  );
  expect(`${JSON.stringify(manifest)} ${log}`).not.toContain('000000000000');
});

test.each([
  ['a target that is none', { target: 'the moon' }, 'flag --target: expected local, aws, or an http(s) URL'],
  ['a region that is none', { region: 'Paris' }, 'flag --region: expected a region such as'],
  ['an address where nobody listens', { target: 'http://127.0.0.1:9' }, 'cannot be reached'],
  [
    'an account without credentials',
    { target: 'aws', region: 'eu-west-3' },
    'No AWS credentials: set AWS_ACCESS',
  ],
])('%s is told with exit code 2, and leaves no run', async (_, flags, message) => {
  const options = { ...(await places()), cloud: { ...noFlags, ...flags } };
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(options.stateDir, 'none'));
  vi.stubEnv('AWS_CONFIG_FILE', join(options.stateDir, 'none'));
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'])
    vi.stubEnv(name, '');
  const outcome = await runExperiment(greetingExperiment(), few, options);
  expect(outcome).toMatchObject({ kind: 'usage', message: expect.stringContaining(message) });
  expect(exitCodeOf(outcome)).toBe(2);
  expect(await readdir(options.resultsFolder)).toEqual(['.lock']);
});
