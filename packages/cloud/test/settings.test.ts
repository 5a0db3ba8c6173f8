import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { CloudUsageError, describeConfig, loadSettings, lookUp } from '../src/index.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'skyground-settings-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

describe('settings', () => {
  it('prefer a flag to the environment, and the environment to the project file', async () => {
    const file = join(directory, 'skyground.config.json');
    await writeFile(
      file,
      JSON.stringify({ target: 'aws', region: 'eu-west-1', prefix: 'lab', memoryMb: 512 }),
    );
    const environment = { SKYGROUND_TARGET: 'http://127.0.0.1:4566', AWS_REGION: 'eu-central-1' };

    const settings = loadSettings({ flags: { target: 'local' }, environment, directory });

    expect(lookUp(settings, 'target')).toEqual({ value: 'local', origin: 'flag --target' });
    expect(lookUp(settings, 'region')).toEqual({ value: 'eu-central-1', origin: 'environment AWS_REGION' });
    expect(lookUp(settings, 'prefix')).toEqual({ value: 'lab', origin: `file ${file}` });
    expect(lookUp(settings, 'role')).toBeUndefined();
  });

  it('find the project file in a folder above', async () => {
    await writeFile(join(directory, 'skyground.config.json'), JSON.stringify({ prefix: 'lab' }));
    const below = join(directory, 'apps', 'some');
    await mkdir(below, { recursive: true });

    expect(lookUp(loadSettings({ flags: {}, environment: {}, directory: below }), 'prefix')?.value).toBe(
      'lab',
    );
  });

  it('keep a zero', () => {
    const settings = loadSettings({ flags: { reservedConcurrency: 0 }, environment: {}, directory });

    expect(lookUp(settings, 'reservedConcurrency')).toEqual({ value: 0, origin: 'flag --concurrency' });
  });

  it('take AWS_ENDPOINT_URL for a target, unless SKYGROUND_TARGET is set or AWS ignores it', () => {
    const target = (environment: NodeJS.ProcessEnv) =>
      lookUp(loadSettings({ flags: {}, environment, directory }), 'target');
    const AWS_ENDPOINT_URL = 'http://localhost:4566/';

    expect(target({ AWS_ENDPOINT_URL })).toEqual({
      value: 'http://localhost:4566',
      origin: 'environment AWS_ENDPOINT_URL',
    });
    expect(target({ AWS_ENDPOINT_URL, SKYGROUND_TARGET: 'aws' })?.value).toBe('aws');
    expect(target({ AWS_ENDPOINT_URL, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' })).toBeUndefined();
    expect(target({ AWS_ENDPOINT_URL: '', SKYGROUND_TARGET: '' })).toBeUndefined();
  });

  it('read AWS_DEFAULT_REGION where AWS_REGION is not set', () => {
    const region = (environment: NodeJS.ProcessEnv) =>
      lookUp(loadSettings({ flags: {}, environment, directory }), 'region');

    expect(region({ AWS_DEFAULT_REGION: 'eu-north-1' })).toEqual({
      value: 'eu-north-1',
      origin: 'environment AWS_DEFAULT_REGION',
    });
    expect(region({ AWS_DEFAULT_REGION: 'eu-north-1', AWS_REGION: 'us-west-2' })?.value).toBe('us-west-2');
  });

  it.each([
    [{ target: 'amazon' }, /flag --target: expected local, aws, or an http\(s\) URL/],
    [{ target: 'ftp://example.org' }, /flag --target: expected local, aws, or an http\(s\) URL/],
    [{ target: 'http://user:secret@example.org' }, /flag --target/],
    [{ region: 'Frankfurt' }, /flag --region: expected a region such as/],
    [{ memoryMb: 64 }, /flag --memory: .*128/],
    [{ prefix: 'My-Prefix' }, /flag --prefix: expected/],
  ])('refuse the flag %j and say which it was', (flags, message) => {
    const load = () => loadSettings({ flags, environment: {}, directory });

    expect(load).toThrow(CloudUsageError);
    expect(load).toThrow(message);
  });

  it('never repeat a password of a refused URL', () => {
    const load = () =>
      loadSettings({ flags: {}, environment: { AWS_ENDPOINT_URL: 'http://u:hunter2@x' }, directory });

    expect(load).toThrow(/environment AWS_ENDPOINT_URL/);
    expect(load).not.toThrow(/hunter2/);
  });

  it.each([
    ['{"secretAccessKey":"x"}', /unknown secretAccessKey.*Secrets never belong here/s],
    ['{"target":', /expected a JSON object/],
    ['[]', /skyground\.config\.json/],
  ])('refuse the project file %s by its path', async (text, message) => {
    await writeFile(join(directory, 'skyground.config.json'), text);

    expect(() => loadSettings({ flags: {}, environment: {}, directory })).toThrow(message);
  });
});

describe('config show', () => {
  it('gives every setting with its origin', () => {
    const settings = loadSettings({
      flags: { target: 'local' },
      environment: { AWS_PROFILE: 'lab' },
      directory,
    });
    const shown = describeConfig(settings, {}, { memoryMb: 1769 });

    expect(shown).toContainEqual({ name: 'target', value: 'local', origin: 'flag --target' });
    expect(shown).toContainEqual({ name: 'profile', value: 'lab', origin: 'environment AWS_PROFILE' });
    expect(shown).toContainEqual({ name: 'memoryMb', value: '1769', origin: 'default' });
    expect(shown).toContainEqual({ name: 'prefix', value: 'skyground', origin: 'default' });
    expect(shown).toContainEqual({ name: 'role', value: null, origin: 'not set' });
  });

  it('names no region for a real account that nobody chose one for', () => {
    const settings = loadSettings({ flags: { target: 'aws' }, environment: {}, directory });

    expect(describeConfig(settings, {})).toContainEqual({ name: 'region', value: null, origin: 'not set' });
  });

  it('shows no secret', () => {
    const environment = {
      AWS_ACCESS_KEY_ID: 'AKIASECRETPART',
      AWS_SECRET_ACCESS_KEY: 'the-secret',
      AWS_SESSION_TOKEN: 'the-token',
      AWS_ENDPOINT_URL_S3: 'http://user:the-password@127.0.0.1:1',
      AWS_SOMETHING_NEW: 'the-unknown',
    };
    const text = JSON.stringify(
      describeConfig(loadSettings({ flags: {}, environment: {}, directory }), environment),
    );

    expect(text).toContain('AKIA... (hidden)');
    expect(text).not.toMatch(/SECRETPART|the-secret|the-token|the-password|the-unknown/);
  });
});
