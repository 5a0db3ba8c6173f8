import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runChecks } from '../../src/doctor/run-checks.ts';
import { onlyFor, remoteChecks, remoteFindings } from './remote-findings.ts';
import {
  type AwsRequest,
  accountSettings,
  isAccountSettings,
  queryError,
  s3Error,
  scriptedAws,
  xml,
} from './scripted-aws.ts';
import { surroundingsIn } from './surroundings.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'skyground-doctor-test-'));
  // explainError and the SDK read the process's own.
  vi.stubEnv('AWS_CONFIG_FILE', join(dir, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(dir, 'credentials'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true });
});

it('a fresh account: nothing is wrong, and nothing was changed', async () => {
  const { byId, requests } = await remoteFindings(dir);

  expect(Object.values(byId).map(({ id, status }) => `${id} ${status}`)).toEqual(
    remoteChecks.map(({ id }) => `${id} ${id === 'permissions' ? 'warning' : 'ok'}`),
  );
  expect(byId['identity']).toMatchObject({
    seen: 'account 123456789012 in us-east-1, arn:aws:iam::123456789012:user/ada',
  });
  expect(byId['buckets']).toMatchObject({
    seen: expect.stringContaining('is not there yet: deploy sees to it'),
  });
  expect(byId['permissions']).toMatchObject({
    seen: '5 actions are allowed; not known: writes (iam:SimulatePrincipalPolicy is denied)',
  });
  const asked = requests.filter(({ service }) => ['s3', 'lambda'].includes(service));
  expect(asked.filter(({ method }) => method !== 'GET' && method !== 'HEAD')).toEqual([]);
  const others = requests.filter(({ service }) => ['iam', 'logs', 'sts'].includes(service));
  for (const { operation } of others)
    expect(operation).toMatch(
      /^(GetCallerIdentity|GetRole|SimulatePrincipalPolicy|Logs_20140328\.(DescribeLogGroups|FilterLogEvents))$/,
    );
});

describe('who asks', () => {
  it.each([
    [
      'ExpiredToken',
      'The security token included in the request is expired',
      /have expired\. Fetch new ones/,
    ],
    [
      'InvalidClientTokenId',
      'The security token is invalid',
      /does not accept the credentials \(InvalidClientTokenId\)/,
    ],
    ['SignatureDoesNotMatch', 'The request signature does not match', /its secret is not the right one/],
    [
      'SignatureDoesNotMatch',
      'Signature expired: 20261121T000000Z is now earlier than 20261121T001000Z',
      /refuses the time .* clock is more than five minutes off/,
    ],
    ['RequestTimeTooSkewed', 'The difference is too large', /clock is more than five minutes off/],
    ['AccessDenied', 'not authorized to perform: sts:GetCallerIdentity', /refuses: not authorized/],
  ])('%s is named, and what needs an identity is skipped: %s', async (code, message, expected) => {
    const { byId } = await remoteFindings(dir, onlyFor('sts', queryError(code, message)));

    expect(byId['identity']).toMatchObject({ status: 'problem', seen: expect.stringMatching(expected) });
    for (const id of ['buckets', 'permissions', 'concurrency'])
      expect(byId[id]).toMatchObject({ status: 'skipped', reason: expect.stringContaining('"Identity"') });
  });
});

describe('buckets', () => {
  it.each([
    ["another account's", s3Error('Forbidden', 403), /exists but may not be used by these credentials/],
    ['in another region', s3Error('PermanentRedirect', 301), /is in another region than us-east-1/],
  ])('%s', async (_, answer, expected) => {
    const { byId } = await remoteFindings(dir, onlyFor('s3', answer));

    expect(byId['buckets']).toMatchObject({ status: 'problem', seen: expect.stringMatching(expected) });
  });

  it("somebody else's: there, with other tags", async () => {
    const tags = '<Tagging><TagSet><Tag><Key>team</Key><Value>web</Value></Tag></TagSet></Tagging>';
    const { byId } = await remoteFindings(dir, ({ service, url }) =>
      service !== 's3' ? undefined : url.includes('tagging') ? xml(tags) : { status: 200 },
    );

    expect(byId['buckets']).toMatchObject({
      status: 'problem',
      seen: expect.stringMatching(/is not tagged as Skyground's \(its tags: team=web\)/),
    });
  });

  it("a person's own that is missing, beside one that is there", async () => {
    const { byId } = await remoteFindings(
      dir,
      ({ service, url }) => (service === 's3' && url.startsWith('/there-now') ? { status: 200 } : undefined),
      { inputBucket: 'not-there', outputBucket: 'there-now' },
    );

    expect(byId['buckets']).toMatchObject({
      status: 'problem',
      seen: '--input-bucket: bucket not-there does not exist in us-east-1. Make it first, or leave the flag out.; there-now is there',
    });
  });
});

it('a quota that is too small for a run', async () => {
  const { byId } = await remoteFindings(dir, (request) =>
    isAccountSettings(request) ? accountSettings(10, 0) : undefined,
  );

  expect(byId['concurrency']).toMatchObject({
    status: 'problem',
    seen: expect.stringMatching(/^0 of 10 concurrent executions are free/),
  });
});

describe('the clock, by the Date header', () => {
  const dated = (date: () => string) => (request: AwsRequest) =>
    request.service === '' ? { status: 403, headers: { date: date() } } : undefined;

  it.each([
    [10, 'problem', /ahead of the endpoint's, give or take/],
    [-10, 'problem', /behind the endpoint's/],
    [1, 'warning', /ahead of/],
    [0, 'ok', /give or take/],
  ])('%i minutes off: %s', async (minutes, status, seen) => {
    const { byId } = await remoteFindings(
      dir,
      dated(() => new Date(Date.now() - minutes * 60_000).toUTCString()),
    );

    expect(byId['clock']).toMatchObject({ status, seen: expect.stringMatching(seen) });
  });

  it('none: cannot be compared', async () => {
    const { byId } = await remoteFindings(
      dir,
      dated(() => 'yesterday'),
    );

    expect(byId['clock']).toMatchObject({
      status: 'warning',
      seen: expect.stringContaining('could not be compared'),
    });
  });
});

describe('the way to the endpoint', () => {
  it('nobody listens', async () => {
    using surroundings = surroundingsIn(dir, { target: 'http://127.0.0.1:9' });
    const signal = new AbortController().signal;
    const found = await runChecks(remoteChecks, surroundings, { signal, limitMs: 20_000 });

    expect(found.find(({ id }) => id === 'endpoint')).toMatchObject({
      status: 'problem',
      seen: 'http://127.0.0.1:9 cannot be reached (ECONNREFUSED)',
    });
    expect(found.filter(({ status }) => status === 'skipped').map(({ id }) => id)).toEqual([
      'clock',
      'identity',
      'buckets',
      'permissions',
      'concurrency',
    ]);
  });

  it('somebody listens and never answers', async () => {
    await using aws = await scriptedAws(() => 'hang');
    using surroundings = surroundingsIn(dir, { target: aws.url });
    const signal = new AbortController().signal;
    const endpoint = remoteChecks.filter(({ id }) => id === 'endpoint');

    expect(await runChecks(endpoint, surroundings, { signal, limitMs: 100 })).toMatchObject([
      { status: 'problem', seen: 'no answer within 0.1 s' },
    ]);
  });
});
