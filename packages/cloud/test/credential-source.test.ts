import { describe, expect, it } from 'vitest';

import { explainMissingCredentials, findCredentialSource } from '../src/index.ts';

const keys = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'a secret' };
const sections = {
  default: { region: 'eu-west-1' },
  work: { aws_access_key_id: 'ASIAWORKWORKWORKWORK', aws_secret_access_key: 'another secret' },
  sso: { sso_session: 'corp', sso_account_id: '1', sso_role_name: 'Dev' },
  'sso-session.corp': { sso_start_url: 'https://corp' },
  role: { role_arn: 'arn:aws:iam::1:role/x', source_profile: 'work' },
  process: { credential_process: 'get-keys' },
  login: { login_session: 'arn:aws:iam::1:user/x' },
  'web-identity': { role_arn: 'arn:aws:iam::1:role/x', web_identity_token_file: '/token' },
};

describe('the source of credentials', () => {
  it.each([
    [
      'keys of the shell',
      undefined,
      keys,
      { kind: 'environment-keys', keyIdStart: 'AKIA', temporary: false },
    ],
    [
      'temporary keys of the shell',
      undefined,
      { ...keys, AWS_SESSION_TOKEN: 't' },
      { kind: 'environment-keys', keyIdStart: 'AKIA', temporary: true },
    ],
    [
      'a profile beats the keys of the shell',
      'work',
      keys,
      { kind: 'profile', profile: 'work', means: 'keys', keyIdStart: 'ASIA' },
    ],
    [
      'so does one that AWS_PROFILE names',
      undefined,
      { ...keys, AWS_PROFILE: 'work' },
      { kind: 'profile', profile: 'work', means: 'keys', keyIdStart: 'ASIA' },
    ],
    [
      'half a pair',
      undefined,
      { AWS_ACCESS_KEY_ID: 'AKIA' },
      { kind: 'half-a-pair', missing: 'AWS_SECRET_ACCESS_KEY' },
    ],
    [
      'a name of another kind of section is no profile',
      'sso-session.corp',
      {},
      { kind: 'profile-unknown', profile: 'sso-session.corp' },
    ],
    ['a profile that only has a region', 'default', {}, { kind: 'profile-without-keys', profile: 'default' }],
    [
      'a token file',
      undefined,
      { AWS_WEB_IDENTITY_TOKEN_FILE: '/token', AWS_ROLE_ARN: 'arn' },
      { kind: 'web-identity-file' },
    ],
    ['a container', undefined, { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/x' }, { kind: 'container' }],
  ])('%s', (_, profile, environment, expected) => {
    expect(findCredentialSource(profile, environment, sections)).toMatchObject(expected);
  });

  it.each(['sso', 'role', 'process', 'login', 'web-identity'])('a profile by %s', (means) => {
    expect(findCredentialSource(means, {}, sections)).toMatchObject({ kind: 'profile', means });
  });

  it.each([
    [{ role_arn: 'r', source_profile: 'work', aws_access_key_id: 'A', aws_secret_access_key: 's' }, 'role'],
    [{ role_arn: 'r', aws_access_key_id: 'A', aws_secret_access_key: 's' }, 'keys'],
    [
      { role_arn: 'r', web_identity_token_file: 't', aws_access_key_id: 'A', aws_secret_access_key: 's' },
      'keys',
    ],
    [{ credential_process: 'get-keys', sso_session: 'corp' }, 'process'],
    [{ sso_account_id: '1', sso_role_name: 'Dev' }, 'sso'],
  ])('of several means in one profile the one that the SDK takes: %o by %s', (section, means) => {
    expect(findCredentialSource('p', {}, { p: section })).toMatchObject({ kind: 'profile', means });
  });

  it('a role without whose keys to take it on is no means', () => {
    expect(findCredentialSource('p', {}, { p: { role_arn: 'r' } })).toMatchObject({
      kind: 'profile-without-keys',
    });
  });

  it('none: the metadata service is left, unless it is off', () => {
    expect(findCredentialSource(undefined, {}, {})).toEqual({
      kind: 'metadata-service',
      isOff: false,
      known: [],
    });
    for (const AWS_EC2_METADATA_DISABLED of ['TRUE', '1', 'yes'])
      expect(findCredentialSource(undefined, { AWS_EC2_METADATA_DISABLED }, {})).toMatchObject({
        isOff: true,
      });
    for (const AWS_EC2_METADATA_DISABLED of ['', 'false'])
      expect(findCredentialSource(undefined, { AWS_EC2_METADATA_DISABLED }, {})).toMatchObject({
        isOff: false,
      });
  });

  it('holds no secret and no whole key id, nor does the sentence about it', () => {
    for (const profile of [undefined, ...Object.keys(sections)]) {
      const source = findCredentialSource(profile, keys, sections);
      const said = JSON.stringify(source) + explainMissingCredentials(source, keys);
      expect(said).not.toMatch(/secret"|a secret|another secret|EXAMPLE|WORKWORK/);
    }
  });
});
