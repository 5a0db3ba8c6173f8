import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startLocalCloud } from '@skyground/local-cloud';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Report, reportSchema } from '../../src/doctor/report.ts';
import { runDoctor } from '../../src/doctor/run-doctor.ts';
import { appears } from './appears.ts';
import { queryError, scriptedAws } from './scripted-aws.ts';

const cli = join(import.meta.dirname, '../../src/cli.ts');

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'skyground-doctor-test-'));
  await mkdir(join(dir, '.aws'));
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(dir, { recursive: true });
});

/** `doctor` as a process with nothing of this shell but the path: its home is the test's folder. */
function startDoctor(args: readonly string[], environment: NodeJS.ProcessEnv) {
  return spawn(process.execPath, [cli, 'doctor', ...args], {
    env: {
      PATH: process.env['PATH'],
      HOME: dir,
      INIT_CWD: dir,
      SKYGROUND_STATE_DIR: join(dir, 'state'),
      AWS_EC2_METADATA_DISABLED: 'true',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function ended(child: ReturnType<typeof startDoctor>) {
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { exitCode: child.exitCode, stdout, stderr };
}

function doctor(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  return ended(startDoctor(args, environment));
}

function parsed(stdout: string): Report & { readonly byId: Readonly<Record<string, unknown>> } {
  const report = reportSchema.parse(JSON.parse(stdout));
  return { ...report, byId: Object.fromEntries(report.checks.map((check) => [check.id, check])) };
}

it('local, from nothing: no network, no credentials, no problem, and no state left behind', async () => {
  const { exitCode, stdout, stderr } = await doctor(['--json']);
  const { target, checks, byId } = parsed(stdout);

  expect(checks.filter(({ status }) => status === 'problem')).toEqual([]);
  expect({ exitCode, stderr, target }).toEqual({ exitCode: 0, stderr: '', target: 'cloud (local)' });
  expect(checks.map(({ id }) => id)).toEqual([
    'node',
    'sharp',
    'fonts',
    'terminal',
    'images',
    'metrics-folder',
    'results-folder',
    'on-prem-output-folder',
    'state-folder',
    'disk',
    'prices',
    'proxy',
    'endpoint-overrides',
    'embedded-cloud',
    'region',
  ]);
  expect(byId['embedded-cloud']).toMatchObject({
    seen: expect.stringContaining('no state yet, account 000000000000'),
  });
});

it('an embedded cloud by its URL, with its own keys and a proxy that must not be asked: all is well', async () => {
  await using proxy = await scriptedAws();
  const cloud = await startLocalCloud({ stateDir: join(dir, 'other') });
  try {
    const { exitCode, stdout } = await doctor(['--json', '--use-ambient-credentials'], {
      AWS_ENDPOINT_URL: cloud.endpoint,
      AWS_REGION: cloud.region,
      AWS_ACCESS_KEY_ID: cloud.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: cloud.credentials.secretAccessKey,
      HTTP_PROXY: proxy.url,
      NODE_USE_ENV_PROXY: '1',
    });
    const { checks, byId } = parsed(stdout);

    expect(checks.filter(({ status }) => status === 'problem' || status === 'skipped')).toEqual([]);
    expect(exitCode).toBe(0);
    expect(byId['identity']).toMatchObject({
      seen: expect.stringContaining('account 000000000000 in us-east-1'),
    });
    expect(byId['endpoint-overrides']).toMatchObject({
      status: 'warning',
      seen: expect.stringContaining(`ALL CALLS GO TO ${cloud.endpoint}, because AWS_ENDPOINT_URL is set`),
    });
    expect(proxy.requests).toEqual([]);
  } finally {
    await cloud.stop();
  }
});

it('secrets of files, variables and answers are in no output', async () => {
  const keyId = 'AKIAHOMEHOMEHOMEHOME';
  const secret = 'abcdefghijklmnopqrstuvwxyz0123456789ABCD';
  await writeFile(
    join(dir, '.aws/credentials'),
    `[lab]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secret}\naws_session_token = a-session-token\n`,
  );
  await writeFile(
    join(dir, '.aws/config'),
    '[profile lab]\nregion = eu-west-3\nservices = dev\n[services dev]\ns3 =\n  endpoint_url = http://me:hush-hush@127.0.0.1:1\n',
  );
  await using aws = await scriptedAws(({ service }) =>
    service === 'sts'
      ? queryError(
          'SomethingNew',
          `key ${keyId} with ${secret} and a-session-token at http://me:hush-hush@x/`,
        )
      : undefined,
  );
  const { exitCode, stdout, stderr } = await doctor(
    ['--target', aws.url, '--profile', 'lab', '--use-ambient-credentials'],
    { HTTPS_PROXY: 'http://u:hush-hush@p' },
  );

  expect(exitCode).toBe(5);
  expect(stdout).toContain('key AKIA... with (hidden) and (hidden) at http://(hidden)@x/');
  expect(stdout + stderr).not.toMatch(/AKIAHOME|abcdefgh|a-session-token|hush-hush/);
  expect(stdout).toMatch(/^[1-9] problems?, .* \(exit code 5\)$/m);
});

it('sharp that does not load: says so, and checks what does not need it', async () => {
  const hook = `import { registerHooks } from 'node:module';
registerHooks({ resolve: (name, context, next) => {
  if (name === 'sharp') throw new Error('Could not load the "sharp" module');
  return next(name, context);
} });`;
  // Nobody listens there: the embedded cloud, which takes a while to start, adds nothing here.
  const { exitCode, stdout } = await doctor(['--json', '--target', 'http://127.0.0.1:9'], {
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}`,
  });
  const { byId } = parsed(stdout);

  expect(exitCode).toBe(5);
  expect(byId['sharp']).toMatchObject({
    status: 'problem',
    seen: expect.stringContaining('could not be loaded'),
  });
  for (const id of ['fonts', 'images', 'disk']) expect(byId[id]).toMatchObject({ status: 'skipped' });
  expect(byId['credentials']).toMatchObject({ status: 'ok' });
});

it.each([
  [{ target: 'ftp://x' }, /flag --target: expected local, aws, or an http\(s\) URL/],
  [{ useAmbientCredentials: true }, /expected a URL as --target/],
  [{ images: '' }, /images/],
  [{ region: 'Frankfurt' }, /expected a region such as eu-central-1/],
])('usage: %j', async (flags, message) => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});

  expect(await runDoctor(flags)).toBe(2);
  expect(said.mock.calls.join('\n')).toMatch(message);
});

it('Ctrl-C while the target and the program that gives credentials hang: ends at once with 130', async () => {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  await using aws = await scriptedAws(() => {
    resolve();
    return 'hang';
  });
  // Ends when the test's folder is taken away.
  const waits = `touch ${dir}/begun; while [ -e ${dir}/begun ]; do sleep 0.1; done`;
  await writeFile(join(dir, '.aws/config'), `[profile waits]\ncredential_process = ${waits}\n`);
  const begun = appears(dir, 'begun');
  const child = startDoctor(['--target', aws.url, '--profile', 'waits', '--use-ambient-credentials'], {});
  const end = ended(child);
  await Promise.all([asked, begun]);
  child.kill('SIGINT');

  expect(await end).toEqual({ exitCode: 130, stdout: '', stderr: '' });
});
