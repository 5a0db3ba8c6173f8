import { expect, it } from 'vitest';

import { areOverridesIgnored, environmentOverrides, profileOverrides } from '../src/index.ts';

it('lists what is set in the environment, without passwords, and not what is empty', () => {
  const environment = {
    AWS_ENDPOINT_URL: 'http://me:hush@127.0.0.1:1',
    AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:2',
    AWS_ENDPOINT_URL_SFN: '',
    AWS_ENDPOINTS: 'no such variable',
  };

  expect(environmentOverrides(environment)).toEqual([
    { origin: 'AWS_ENDPOINT_URL', url: 'http://(hidden)@127.0.0.1:1' },
    { origin: 'AWS_ENDPOINT_URL_S3', url: 'http://127.0.0.1:2' },
  ]);
});

it("lists a profile's own address and those of the services section that it names", () => {
  const sections = {
    dev: { endpoint_url: 'http://127.0.0.1:1', services: 'emulator' },
    'services.emulator': { 's3.endpoint_url': 'http://me:hush@127.0.0.1:2', 's3.other': 'x' },
    'services.unused': { 'lambda.endpoint_url': 'http://127.0.0.1:3' },
  };

  expect(profileOverrides('dev', sections)).toEqual([
    { origin: 'profile dev: endpoint_url', url: 'http://127.0.0.1:1' },
    { origin: 'profile dev: services emulator, s3', url: 'http://(hidden)@127.0.0.1:2' },
  ]);
  expect(profileOverrides('unknown', sections)).toEqual([]);
});

it('knows the one variable that makes AWS clients ignore them', () => {
  expect(areOverridesIgnored({ AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'True' })).toBe(true);
  expect(areOverridesIgnored({ AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: '1' })).toBe(false);
});
