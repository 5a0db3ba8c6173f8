import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { allChecks } from '../../src/doctor/checks/all.ts';
import { runChecks } from '../../src/doctor/run-checks.ts';
import {
  type AwsAnswer,
  type AwsRequest,
  accountSettings,
  callerIs,
  isAccountSettings,
  jsonError,
  queryError,
  roleIs,
  s3Error,
  scriptedAws,
  simulated,
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

const remoteIds = [
  'endpoint',
  'clock',
  'identity',
  'buckets',
  'permissions',
  'concurrency',
  'credentials',
  'region',
];
/** Those about the target, without what they build on of this machine. */
const remoteChecks = allChecks.filter(({ id }) => remoteIds.includes(id));

type Script = Parameters<typeof scriptedAws>[0];

async function findings(script?: Script, flags?: Readonly<Record<string, string>>) {
  await using aws = await scriptedAws(script);
  using surroundings = surroundingsIn(dir, { target: aws.url, ...(flags === undefined ? {} : { flags }) });
  const signal = new AbortController().signal;
  const found = await runChecks(remoteChecks, surroundings, { signal, limitMs: 20_000 });
  return { byId: Object.fromEntries(found.map((finding) => [finding.id, finding])), requests: aws.requests };
}

const onlyFor = (service: string, answer: AwsAnswer) => (request: AwsRequest) =>
  request.service === service ? answer : undefined;

/** IAM's, which decides action by action. */
const simulator =
  (decide: (action: string) => string) =>
  ({ operation, body }: AwsRequest) =>
    operation === 'SimulatePrincipalPolicy'
      ? simulated(
          [...new URLSearchParams(body)]
            .filter(([key]) => key.startsWith('ActionNames.'))
            .map(([, action]) => [action, decide(action)]),
        )
      : undefined;

it('a fresh account: nothing is wrong, and nothing was changed', async () => {
  const { byId, requests } = await findings();

  expect(Object.values(byId).map(({ id, status }) => `${id} ${status}`)).toEqual(
    allChecks
      .filter(({ id }) => remoteIds.includes(id))
      .map(({ id }) => `${id} ${id === 'permissions' ? 'warning' : 'ok'}`),
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
    const { byId } = await findings(onlyFor('sts', queryError(code, message)));

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
    const { byId } = await findings(onlyFor('s3', answer));

    expect(byId['buckets']).toMatchObject({ status: 'problem', seen: expect.stringMatching(expected) });
  });

  it("somebody else's: there, with other tags", async () => {
    const tags = '<Tagging><TagSet><Tag><Key>team</Key><Value>web</Value></Tag></TagSet></Tagging>';
    const { byId } = await findings(({ service, url }) =>
      service !== 's3' ? undefined : url.includes('tagging') ? xml(tags) : { status: 200 },
    );

    expect(byId['buckets']).toMatchObject({
      status: 'problem',
      seen: expect.stringMatching(/is not tagged as Skyground's \(its tags: team=web\)/),
    });
  });

  it("a person's own that is missing, beside one that is there", async () => {
    const { byId } = await findings(
      ({ service, url }) => (service === 's3' && url.startsWith('/there-now') ? { status: 200 } : undefined),
      { inputBucket: 'not-there', outputBucket: 'there-now' },
    );

    expect(byId['buckets']).toMatchObject({
      status: 'problem',
      seen: '--input-bucket: bucket not-there does not exist in us-east-1. Make it first, or leave the flag out.; there-now is there',
    });
  });
});

describe('permissions', () => {
  it('a denied read: the action, and the statement to add', async () => {
    const { byId } = await findings((request) =>
      isAccountSettings(request) ? jsonError('AccessDeniedException', 'no', 403) : undefined,
    );

    expect(byId['permissions']).toMatchObject({
      status: 'problem',
      seen: expect.stringContaining('denied: lambda:GetAccountSettings on *'),
      advice: expect.stringContaining(
        '{"Effect":"Allow","Action":["lambda:GetAccountSettings"],"Resource":["*"]}',
      ),
    });
    expect(byId['concurrency']).toMatchObject({
      status: 'warning',
      seen: expect.stringContaining('not known'),
    });
  });

  it('denied writes, by the policy simulator: with the role that could be used instead', async () => {
    const { byId } = await findings(
      simulator((action) => (action === 'iam:PassRole' ? 'implicitDeny' : 'allowed')),
    );

    expect(byId['permissions']).toMatchObject({
      status: 'problem',
      seen: expect.stringMatching(/^denied: iam:PassRole on arn:aws:iam::123456789012:role\/\S+$/),
      advice: expect.stringMatching(/"Action":\["iam:PassRole"\].*--role \(a learner lab: LabRole\)/),
    });
  });

  it('a session of a role is asked about as the role; root cannot be asked about', async () => {
    const role = await findings(onlyFor('sts', callerIs('arn:aws:sts::123456789012:assumed-role/Dev/ada')));
    const simulated = role.requests.find(({ operation }) => operation === 'SimulatePrincipalPolicy');
    expect(new URLSearchParams(simulated?.body).get('PolicySourceArn')).toBe(
      'arn:aws:iam::123456789012:role/Dev',
    );

    const path = 'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/Dev';
    const sso = await findings(({ service, operation, body }) => {
      if (service === 'sts') return callerIs('arn:aws:sts::123456789012:assumed-role/Dev/ada');
      return operation === 'GetRole' && new URLSearchParams(body).get('RoleName') === 'Dev'
        ? roleIs(path)
        : undefined;
    });
    const ofRole = sso.requests.find(({ operation }) => operation === 'SimulatePrincipalPolicy');
    expect(new URLSearchParams(ofRole?.body).get('PolicySourceArn')).toBe(path);

    const root = await findings(onlyFor('sts', callerIs('arn:aws:iam::123456789012:root')));
    expect(root.byId['permissions']).toMatchObject({
      status: 'warning',
      seen: expect.stringContaining('IAM cannot simulate for arn:aws:iam::123456789012:root'),
    });
  });
});

describe('permissions of which nothing is known are not called allowed', () => {
  it('reads that fail for another reason than a refusal', async () => {
    const { byId } = await findings(({ service }) =>
      service === 'lambda' ? jsonError('NotToday', 'come back', 400) : undefined,
    );

    expect(byId['permissions']).toMatchObject({
      status: 'warning',
      seen: expect.stringMatching(/not known: lambda:GetAccountSettings \(.*come back.*; lambda:GetFunction/),
    });
  });

  it('a simulator that answers nothing', async () => {
    const { byId } = await findings(({ operation }) =>
      operation === 'SimulatePrincipalPolicy' ? simulated([]) : undefined,
    );

    expect(byId['permissions']).toMatchObject({
      status: 'warning',
      seen: expect.stringContaining('not known: writes (the simulator gave no answer about s3:CreateBucket'),
    });
  });
});

it('the simulator is asked about all that deploy does, and to whom a role is passed', async () => {
  const { byId, requests } = await findings(simulator(() => 'allowed'));
  expect(byId['permissions']).toMatchObject({ status: 'ok' });
  const asked = requests
    .filter(({ operation }) => operation === 'SimulatePrincipalPolicy')
    .map(({ body }) => [...new URLSearchParams(body)]);
  const actions = asked.flat().flatMap(([key, value]) => (key.startsWith('ActionNames') ? value : []));

  for (const action of ['lambda:TagResource', 'iam:TagRole', 'logs:TagResource'])
    expect(actions).toContain(action);
  const pass = asked.find((pairs) => pairs.some(([, value]) => value === 'iam:PassRole'));
  expect(pass).toContainEqual(['ContextEntries.member.1.ContextKeyName', 'iam:PassedToService']);
  expect(pass).toContainEqual(['ContextEntries.member.1.ContextKeyValues.member.1', 'lambda.amazonaws.com']);
});

it('a quota that is too small for a run', async () => {
  const { byId } = await findings((request) =>
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
    const { byId } = await findings(dated(() => new Date(Date.now() - minutes * 60_000).toUTCString()));

    expect(byId['clock']).toMatchObject({ status, seen: expect.stringMatching(seen) });
  });

  it('none: cannot be compared', async () => {
    const { byId } = await findings(dated(() => 'yesterday'));

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
