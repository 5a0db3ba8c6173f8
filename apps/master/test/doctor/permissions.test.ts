import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onlyFor, remoteFindings } from './remote-findings.ts';
import {
  type AwsRequest,
  callerIs,
  isAccountSettings,
  jsonError,
  roleIs,
  simulated,
} from './scripted-aws.ts';

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

describe('permissions', () => {
  it('a denied read: the action, and the statement to add', async () => {
    const { byId } = await remoteFindings(dir, (request) =>
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
    const { byId } = await remoteFindings(
      dir,
      simulator((action) => (action === 'iam:PassRole' ? 'implicitDeny' : 'allowed')),
    );

    expect(byId['permissions']).toMatchObject({
      status: 'problem',
      seen: expect.stringMatching(/^denied: iam:PassRole on arn:aws:iam::123456789012:role\/\S+$/),
      advice: expect.stringMatching(/"Action":\["iam:PassRole"\].*--role \(a learner lab: LabRole\)/),
    });
  });

  it('a session of a role is asked about as the role; root cannot be asked about', async () => {
    const role = await remoteFindings(
      dir,
      onlyFor('sts', callerIs('arn:aws:sts::123456789012:assumed-role/Dev/ada')),
    );
    const simulated = role.requests.find(({ operation }) => operation === 'SimulatePrincipalPolicy');
    expect(new URLSearchParams(simulated?.body).get('PolicySourceArn')).toBe(
      'arn:aws:iam::123456789012:role/Dev',
    );

    const path = 'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/Dev';
    const sso = await remoteFindings(dir, ({ service, operation, body }) => {
      if (service === 'sts') return callerIs('arn:aws:sts::123456789012:assumed-role/Dev/ada');
      return operation === 'GetRole' && new URLSearchParams(body).get('RoleName') === 'Dev'
        ? roleIs(path)
        : undefined;
    });
    const ofRole = sso.requests.find(({ operation }) => operation === 'SimulatePrincipalPolicy');
    expect(new URLSearchParams(ofRole?.body).get('PolicySourceArn')).toBe(path);

    const root = await remoteFindings(dir, onlyFor('sts', callerIs('arn:aws:iam::123456789012:root')));
    expect(root.byId['permissions']).toMatchObject({
      status: 'warning',
      seen: expect.stringContaining('IAM cannot simulate for arn:aws:iam::123456789012:root'),
    });
  });
});

describe('permissions of which nothing is known are not called allowed', () => {
  it('reads that fail for another reason than a refusal', async () => {
    const { byId } = await remoteFindings(dir, ({ service }) =>
      service === 'lambda' ? jsonError('NotToday', 'come back', 400) : undefined,
    );

    expect(byId['permissions']).toMatchObject({
      status: 'warning',
      seen: expect.stringMatching(/not known: lambda:GetAccountSettings \(.*come back.*; lambda:GetFunction/),
    });
  });

  it('a simulator that answers nothing', async () => {
    const { byId } = await remoteFindings(dir, ({ operation }) =>
      operation === 'SimulatePrincipalPolicy' ? simulated([]) : undefined,
    );

    expect(byId['permissions']).toMatchObject({
      status: 'warning',
      seen: expect.stringContaining('not known: writes (the simulator gave no answer about s3:CreateBucket'),
    });
  });
});

it('the simulator is asked about all that deploy does, and to whom a role is passed', async () => {
  const { byId, requests } = await remoteFindings(
    dir,
    simulator(() => 'allowed'),
  );
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
