import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { credentialsCheck } from '../../src/doctor/checks/credentials.ts';
import { surroundingsIn } from './surroundings.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'skyground-doctor-test-'));
  for (const name of Object.keys(process.env).filter((key) => key.startsWith('AWS_')))
    vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_CONFIG_FILE', join(dir, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(dir, 'credentials'));
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  vi.stubEnv('HOME', dir);
  // The SDK's own long warning of two sources; ours is in the list.
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});

afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(dir, { recursive: true });
});

const files = {
  config: `
[profile empty]
region = eu-west-1
[profile corp]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Dev
[sso-session corp]
sso_region = eu-west-1
sso_start_url = https://corp.awsapps.com/start
[profile process]
credential_process = echo '{"Version":1,"AccessKeyId":"ASIAPROCESSPROCESSPR","SecretAccessKey":"s","SessionToken":"t","Expiration":"2026-01-01T00:00:00Z"}'
`,
  credentials: '[lab]\naws_access_key_id = AKIALABLABLABLABLABL\naws_secret_access_key = the-lab-secret\n',
};

const envKeys = { AWS_ACCESS_KEY_ID: 'AKIAENVENVENVENVENVE', AWS_SECRET_ACCESS_KEY: 'the-env-secret' };

/** The check with the SDK's own chain, on planted files and variables. Nothing of it reaches a network. */
async function credentials(
  environment: Readonly<Record<string, string>>,
  { target = 'aws', useAmbientCredentials = false } = {},
) {
  await writeFile(join(dir, 'config'), files.config);
  await writeFile(join(dir, 'credentials'), files.credentials);
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  using surroundings = surroundingsIn(dir, { target, environment: process.env, useAmbientCredentials });
  return await credentialsCheck.run(surroundings, new AbortController().signal);
}

describe('credentials that are there, by their source', () => {
  it.each([
    ['keys of the shell', envKeys, 'ok', /^keys of the environment, access key AKIA\.\.\.$/],
    ['temporary ones', { ...envKeys, AWS_SESSION_TOKEN: 't' }, 'ok', /^temporary keys of the environment/],
    ['a profile', { AWS_PROFILE: 'lab' }, 'ok', /^profile lab, its static keys, access key AKIA\.\.\.$/],
    [
      'both: which wins',
      { ...envKeys, AWS_PROFILE: 'lab' },
      'warning',
      /^profile lab, its static keys.*AWS_ACCESS_KEY_ID is set too, but the profile wins/,
    ],
    [
      'expired ones',
      { ...envKeys, AWS_CREDENTIAL_EXPIRATION: '2026-01-01T00:00:00Z' },
      'problem',
      /^keys of the environment, access key AKIA\.\.\., expired at 2026-01-01T00:00:00\.000Z$/,
    ],
  ])('%s', async (_, environment, status, seen) => {
    expect(await credentials(environment)).toMatchObject({ status, seen: expect.stringMatching(seen) });
  });

  it('a profile that gives nothing, while the SDK goes on to a container', async () => {
    const { createServer } = await import('node:http');
    const server = createServer((_, response) =>
      response.end(
        '{"AccessKeyId":"ASIACONTAINERCONTAIN","SecretAccessKey":"s","Token":"t","Expiration":"2030-01-01T00:00:00Z"}',
      ),
    );
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    try {
      const judged = await credentials({
        AWS_PROFILE: 'wrok',
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${port}/`,
      });

      expect(judged).toMatchObject({
        status: 'warning',
        seen: expect.stringMatching(
          /no AWS profile wrok.*went on looking and found others \(access key ASIA\.\.\.\)/,
        ),
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe('credentials that are missing: told apart where the SDK says the same', () => {
  it.each([
    [
      'none',
      {},
      /^none anywhere, and the metadata service is switched off$/,
      /set AWS_ACCESS_KEY_ID .*known: corp, empty, lab, process/,
    ],
    [
      'a misspelt profile',
      { AWS_PROFILE: 'wrok' },
      /^profile wrok is unknown$/,
      /Known profiles: corp, empty, lab, process/,
    ],
    [
      'a profile without keys',
      { AWS_PROFILE: 'empty' },
      /^profile empty holds no keys$/,
      /it needs aws_access_key_id/,
    ],
    ['half a pair', { AWS_ACCESS_KEY_ID: 'AKIA' }, /^AWS_SECRET_ACCESS_KEY is not set$/, /both are needed/],
    [
      'a command that gives expired ones',
      { AWS_PROFILE: 'process' },
      /^profile process, its credential_process: gave none$/,
      /profile process \(process\) gave no credentials/,
    ],
    [
      'SSO without a login',
      { AWS_PROFILE: 'corp' },
      /^profile corp uses SSO, and nobody is logged in/,
      /^aws sso login --profile corp$/,
    ],
  ])('%s', async (_, environment, seen, advice) => {
    expect(await credentials(environment)).toMatchObject({
      status: 'problem',
      seen: expect.stringMatching(seen),
      advice: expect.stringMatching(advice),
    });
  });

  it('no metadata service: asked, and nobody answers', async () => {
    const judged = await credentials({
      AWS_EC2_METADATA_DISABLED: 'false',
      AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:9',
    });

    expect(judged).toMatchObject({
      status: 'problem',
      seen: expect.stringMatching(/^none in environment or files, and no metadata service answers/),
    });
  });
});

it("a URL gets made-up ones, and the shell's only when asked", async () => {
  const target = 'http://127.0.0.1:9';

  expect(await credentials(envKeys, { target })).toMatchObject({
    status: 'ok',
    seen: expect.stringContaining('made-up ones'),
  });
  expect(await credentials(envKeys, { target, useAmbientCredentials: true })).toMatchObject({
    seen: 'keys of the environment, access key AKIA...',
  });
});
