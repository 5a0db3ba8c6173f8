import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalCloud } from '@skyground/local-cloud';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { embeddedCloudCheck } from '../../src/doctor/checks/embedded-cloud.ts';
import { appears } from './appears.ts';
import { surroundingsIn } from './surroundings.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'skyground-doctor-test-'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true });
});

async function judged(signal = new AbortController().signal) {
  using surroundings = surroundingsIn(dir, {});
  return await embeddedCloudCheck.run(surroundings, signal);
}

it('finds the cloud that runs', async () => {
  const cloud = await startLocalCloud({ stateDir: join(dir, 'state') });
  try {
    expect(await judged()).toMatchObject({
      seen: expect.stringMatching(
        new RegExp(
          `^running at ${cloud.endpoint} \\(process ${process.pid}\\), answers, account 000000000000`,
        ),
      ),
    });
  } finally {
    await cloud.stop();
  }
});

it('a state that cannot be read: says so, starts nothing, and changes nothing', async () => {
  await mkdir(join(dir, 'state'));
  await writeFile(join(dir, 'state/state.db'), 'not a database '.repeat(100));

  expect(await judged()).toMatchObject({
    status: 'problem',
    seen: expect.stringMatching(/^\S+state\.db cannot be read as /),
    advice: expect.stringMatching(/^Move the folder away/),
  });
  expect(await readdir(join(dir, 'state'))).toEqual(['state.db']);
});

it('stopped while it starts a cloud of its own: takes both away again', async () => {
  const temporary = join(dir, 'tmp');
  await mkdir(temporary);
  vi.stubEnv('TMPDIR', temporary);
  const stop = new AbortController();
  const check = judged(stop.signal);
  const begun = await appears(temporary, 'skyground-doctor-');
  await appears(join(temporary, begun), 'state.db');
  stop.abort(new Error('stopped'));

  await expect(check).rejects.toThrow('stopped');
  expect(await readdir(temporary)).toEqual([]);
});
