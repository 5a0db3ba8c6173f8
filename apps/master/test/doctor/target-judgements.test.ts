import { resolveTarget } from '@skyground/cloud';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockOffset } from '../../src/doctor/checks/clock.ts';
import { judgeConcurrency } from '../../src/doctor/checks/concurrency.ts';
import { judgeOverrides } from '../../src/doctor/checks/endpoint-overrides.ts';
import { judgeProxy } from '../../src/doctor/checks/proxy.ts';
import { judgeRegion } from '../../src/doctor/checks/region.ts';

describe('region', () => {
  const profile = { name: 'default', region: undefined };
  const from = (origin: string) => ({ value: 'eu-west-1', origin });

  it.each([
    [
      'AWS_DEFAULT_REGION alone',
      'aws',
      from('environment AWS_DEFAULT_REGION'),
      profile,
      'warning',
      /SDK for JavaScript does not/,
    ],
    ['AWS_REGION', 'aws', from('environment AWS_REGION'), profile, 'ok', /environment AWS_REGION/],
    [
      'the profile',
      'aws',
      undefined,
      { name: 'lab', region: 'eu-west-3' },
      'ok',
      /^eu-west-3 \(profile lab\)$/,
    ],
    ['none', 'aws', undefined, profile, 'problem', /^none/],
    ['none for a URL', 'endpoint', undefined, profile, 'ok', /^us-east-1/],
    ['a flag for local', 'local', from('flag --region'), profile, 'warning', /is not used/],
    ['the shell for local', 'local', from('environment AWS_REGION'), profile, 'ok', /is not used/],
  ] as const)('%s', (_, target, chosen, ofProfile, status, seen) => {
    expect(judgeRegion({ target, chosen, profile: ofProfile })).toMatchObject({
      status,
      seen: expect.stringMatching(seen),
    });
  });
});

describe('endpoint overrides', () => {
  const overrides = [{ origin: 'AWS_ENDPOINT_URL', url: 'http://127.0.0.1:1' }];
  const targetOf = (name: string) =>
    resolveTarget([{ values: { target: name }, originOf: () => 'flag --target' }], {
      useAmbientCredentials: false,
      environment: {},
    }).target;

  it.each([
    ['aws', 'flag --target', 'warning', /Skyground IGNORES it: ALL CALLS GO TO THE REAL AWS/],
    [
      'http://127.0.0.1:1',
      'environment AWS_ENDPOINT_URL',
      'warning',
      /ALL CALLS GO TO http:\/\/127\.0\.0\.1:1, because/,
    ],
    ['http://127.0.0.1:2', 'flag --target', 'warning', /ALL CALLS GO TO http:\/\/127\.0\.0\.1:2$/],
    ['local', 'flag --target', 'ok', /--target local never uses them/],
  ])('for %s (%s)', (target, targetOrigin, status, seen) => {
    const judged = judgeOverrides({ target: targetOf(target), targetOrigin, overrides, areIgnored: false });
    expect(judged).toMatchObject({ status, seen: expect.stringMatching(seen) });
  });

  it('none, or none that counts', () => {
    const about = { target: targetOf('aws'), targetOrigin: undefined };
    expect(judgeOverrides({ ...about, overrides: [], areIgnored: false })).toEqual({
      status: 'ok',
      seen: 'none',
    });
    expect(judgeOverrides({ ...about, overrides, areIgnored: true })).toMatchObject({
      status: 'ok',
      seen: expect.stringContaining('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS is true'),
    });
  });
});

it('clock: the true offset is always within the uncertainty', () => {
  const ms = fc.integer({ min: 0, max: 10 ** 6 });
  fc.assert(
    fc.property(
      ms,
      ms,
      ms,
      fc.integer({ min: -(10 ** 7), max: 10 ** 7 }),
      (sentMs, outMs, backMs, trueMs) => {
        const serverMs = sentMs + outMs - trueMs;
        const dateMs = Math.floor(serverMs / 1000) * 1000;
        const receivedMs = sentMs + outMs + backMs;
        const { offsetMs, uncertaintyMs } = clockOffset({ dateMs, sentMs, receivedMs });

        expect(Math.abs(offsetMs - trueMs)).toBeLessThanOrEqual(uncertaintyMs);
        expect(uncertaintyMs).toBe((outMs + backMs) / 2 + 500);
      },
    ),
  );
});

it('concurrency: too little, too little to reserve, enough', () => {
  const known = { kind: 'known', wanted: 4 } as const;
  expect(judgeConcurrency({ ...known, accountLimit: 10, unreserved: 3 })).toMatchObject({
    status: 'problem',
  });
  expect(judgeConcurrency({ ...known, accountLimit: 10, unreserved: 10 })).toMatchObject({
    status: 'warning',
  });
  expect(judgeConcurrency({ ...known, accountLimit: 1000, unreserved: 104 })).toMatchObject({ status: 'ok' });
});

describe('proxy', () => {
  const HTTP_PROXY = 'http://proxy:3128';

  it.each([
    ['none', 'aws', { NO_PROXY: '*' }, 'ok', /no variable/],
    [
      'one that AWS calls do not use',
      'aws',
      { https_proxy: HTTP_PROXY },
      'warning',
      /connects to AWS directly/,
    ],
    ['one that local does not use', 'local', { HTTP_PROXY }, 'ok', /not used for --target local/],
    [
      'one that Node would use',
      'local',
      { HTTP_PROXY, NODE_USE_ENV_PROXY: '1' },
      'warning',
      /would go to the proxy/,
    ],
    [
      'one for https alone, which the embedded cloud does not speak',
      'local',
      { HTTPS_PROXY: HTTP_PROXY, NODE_USE_ENV_PROXY: '1' },
      'ok',
      /not used/,
    ],
    [
      'one that Node leaves out for this machine',
      'local',
      { HTTP_PROXY, NODE_USE_ENV_PROXY: '1', no_proxy: 'localhost, 127.0.0.1' },
      'ok',
      /not used/,
    ],
  ] as const)('%s', (_, target, environment, status, seen) => {
    expect(judgeProxy({ target, environment })).toMatchObject({ status, seen: expect.stringMatching(seen) });
  });

  it.each(['http://me:pa@ss/word@proxy:3128', 'me:pa@ss/word@proxy:3128'])(
    'a password is not shown, however carelessly it was written: %s',
    (url) => {
      const { seen } = judgeProxy({ target: 'aws', environment: { https_proxy: url } });

      expect(seen).toMatch(/^https_proxy=(http:\/\/)?\(hidden\)@proxy:3128/);
      expect(seen).not.toMatch(/me:|pa@|ss|word/);
    },
  );
});
