import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { credentialsCheck } from '../../src/doctor/checks/credentials.ts';
import { json, scriptedAws } from './scripted-aws.ts';
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
[profile half-sso]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
[profile role]
role_arn = arn:aws:iam::123456789012:role/Dev
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
    [
      'temporary ones',
      { ...envKeys, AWS_ACCESS_KEY_ID: 'ASIAENVENVENVENVENVE', AWS_SESSION_TOKEN: 't' },
      'ok',
      /^temporary keys of the environment/,
    ],
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

  describe('a place that was named gives nothing, and the SDK goes on to a container: both are named', () => {
    it.each([
      ['a misspelt profile', { AWS_PROFILE: 'wrok' }, /^There is no AWS profile wrok\./],
      ['a command that fails', { AWS_PROFILE: 'process' }, /^The AWS profile process \(process\) gave no/],
      ['half a pair', { AWS_ACCESS_KEY_ID: 'AKIAHALF' }, /^Only one of AWS_ACCESS_KEY_ID and/],
    ])('%s', async (_, environment, named) => {
      await using container = await scriptedAws(() =>
        json({
          AccessKeyId: 'ASIACONTAINERCONTAIN',
          SecretAccessKey: 's',
          Token: 't',
          Expiration: '2030-01-01T00:00:00Z',
        }),
      );
      const { status, seen } = await credentials({
        ...environment,
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${container.url}/`,
      });

      expect(status).toBe('warning');
      expect(seen).toMatch(named);
      expect(seen).toMatch(/The SDK went on to the container's credentials, access key ASIA\.\.\.$/);
    });
  });

  it('half a pair beside a profile that is taken instead', async () => {
    await writeFile(
      join(dir, 'more'),
      '[default]\naws_access_key_id = AKIADEFAULTDEFAULTDE\naws_secret_access_key = s\n',
    );
    const judged = await credentials({
      AWS_SECRET_ACCESS_KEY: 'the-env-secret',
      AWS_CONFIG_FILE: join(dir, 'more'),
    });

    expect(judged).toEqual({
      status: 'warning',
      seen: 'profile default, its static keys, access key AKIA...; AWS_SECRET_ACCESS_KEY is set without AWS_ACCESS_KEY_ID, so it is not used',
      advice: 'Set both or neither.',
    });
  });

  it.each([
    [
      'a temporary key without its token',
      { AWS_ACCESS_KEY_ID: 'ASIAENVENVENVENVENVE' },
      /ASIA.*has no session token/,
    ],
    ["another key's token", { AWS_SESSION_TOKEN: 'of-yesterday' }, /AKIA.*has a session token/],
  ])('%s: AWS will refuse it', async (_, change, seen) => {
    expect(await credentials({ ...envKeys, ...change })).toMatchObject({
      status: 'warning',
      seen: expect.stringMatching(seen),
      advice: expect.stringContaining('session token'),
    });
  });
});

describe('credentials that are missing: told apart where the SDK says the same', () => {
  it.each([
    [
      'none',
      {},
      /^none anywhere, and the metadata service is switched off$/,
      /set AWS_ACCESS_KEY_ID .*known: corp, empty, half-sso, lab, process, role/,
    ],
    [
      'a misspelt profile',
      { AWS_PROFILE: 'wrok' },
      /^profile wrok is unknown$/,
      /Known profiles: corp, empty, half-sso, lab, process, role/,
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
    [
      'SSO that is set up by half: a login would not help',
      { AWS_PROFILE: 'half-sso' },
      /^profile half-sso, SSO: gave none \(Profile is configured with invalid SSO credentials/,
      /check its section in the AWS files/,
    ],
    [
      'a role without whose keys to take it on',
      { AWS_PROFILE: 'role' },
      /^profile role holds no keys$/,
      /a role with its source_profile/,
    ],
    [
      'a metadata service that is switched off by another word',
      { AWS_EC2_METADATA_DISABLED: '1' },
      /^none anywhere, and the metadata service is switched off$/,
      /set AWS_ACCESS_KEY_ID/,
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
