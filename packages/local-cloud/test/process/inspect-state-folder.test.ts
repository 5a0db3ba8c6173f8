import { writeFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { inspectStateFolder, startLocalCloud } from '../../src/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DEAD_LOCK = {
  pid: 4_194_305,
  processIdentity: 'of no process',
  endpoint: 'http://127.0.0.1:1',
  region: 'us-east-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  cpuShare: { kind: 'off' },
  startedAt: '2026-11-21T00:00:00.000Z',
};

it('tells a folder that is not there, in use, idle and left by a killed cloud apart, and changes nothing', async () => {
  const stateDir = join(temporaryFolder(), 'state');
  expect(inspectStateFolder(stateDir)).toEqual({ kind: 'absent' });

  const cloud = await startLocalCloud({ stateDir });
  const { endpoint } = cloud;
  expect(inspectStateFolder(stateDir)).toEqual({ kind: 'serving', endpoint, pid: process.pid });
  await rm(join(stateDir, 'lock'));
  expect(inspectStateFolder(stateDir)).toEqual({ kind: 'in-use' });
  await cloud.stop();

  const before = [await readdir(stateDir), await readFile(join(stateDir, 'state.db'))];
  expect(inspectStateFolder(stateDir)).toEqual({ kind: 'idle', deadPid: undefined });
  expect([await readdir(stateDir), await readFile(join(stateDir, 'state.db'))]).toEqual(before);

  await writeFile(join(stateDir, 'lock'), JSON.stringify(DEAD_LOCK));
  expect(inspectStateFolder(stateDir)).toEqual({ kind: 'idle', deadPid: DEAD_LOCK.pid });
});

it.each([
  ['no database', (path: string) => writeFileSync(path, 'hello '.repeat(1000)), 'cannot be read'],
  [
    "another program's",
    (path: string) => new DatabaseSync(path).exec('PRAGMA application_id = 7'),
    'of another program',
  ],
  [
    'a later version',
    (path: string) =>
      new DatabaseSync(path).exec(`PRAGMA application_id = ${0x536b7947}; PRAGMA user_version = 99`),
    'schema version 99',
  ],
])('says why a folder cannot be used: %s', async (_, plant, why) => {
  const stateDir = join(temporaryFolder(), 'state');
  await mkdir(stateDir);
  plant(join(stateDir, 'state.db'));

  expect(inspectStateFolder(stateDir)).toMatchObject({
    kind: 'unusable',
    error: { message: expect.stringContaining(why) },
  });
});
