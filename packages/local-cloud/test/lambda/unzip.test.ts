import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { CodeStore } from '../../src/services/lambda/code/code-store.ts';
import { unzip } from '../../src/services/lambda/code/unzip.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { type ZipEntry, zipEntries } from './zip.ts';

const LINK = 0o120777;
const FIFO = 0o010644;

/** yazl refuses to write hostile names, so they are written over harmless ones of the same length. */
async function zipNamed(name: string): Promise<Buffer> {
  const harmless = 'x'.repeat(name.length);
  const zip = await zipEntries([{ name: harmless, content: 'content' }]);
  return Buffer.from(zip.toString('latin1').replaceAll(harmless, name), 'latin1');
}

function emptyFolder(): string {
  const folder = join(temporaryFolder(), 'inner', 'code');
  mkdirSync(folder, { recursive: true });
  return folder;
}

test('files, folders, permissions and links that stay inside', async () => {
  const folder = emptyFolder();
  await unzip(
    await zipEntries([
      { name: 'lib/tool', content: '#!/bin/sh', mode: 0o100755 },
      { name: 'lib/data.json', content: '{}' },
      { name: 'bin/tool', content: '../lib/tool', mode: LINK },
      { name: 'bin/missing', content: '../lib/missing', mode: LINK },
    ]),
    folder,
  );
  expect(statSync(join(folder, 'lib/tool')).mode & 0o777).toBe(0o555);
  expect(statSync(join(folder, 'lib/data.json')).mode & 0o777).toBe(0o444);
  expect(lstatSync(join(folder, 'bin/tool')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, 'bin/tool'), 'utf8')).toBe('#!/bin/sh');
});

test.for(['../../evil', '/tmp/evil-absolute', 'a/../../evil', 'a\\..\\..\\evil', 'C:\\evil'])(
  'the name %s is refused',
  async (name) => {
    const folder = emptyFolder();
    await expect(unzip(await zipNamed(name), folder)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });
    expect(
      readdirSync(join(folder, '..', '..'), { recursive: true }).filter((path) =>
        String(path).includes('evil'),
      ),
    ).toEqual([]);
  },
);

test.for<[string, ZipEntry[]]>([
  ['an absolute link', [{ name: 'link', content: '/etc', mode: LINK }]],
  ['a link upwards', [{ name: 'a/link', content: '../../x', mode: LINK }]],
  [
    'a link through a link',
    [
      { name: 'x/y/z/file', content: '' },
      { name: 'x/y/z/root', content: '../../..', mode: LINK },
      { name: 'x/y/z/out', content: 'root/../..', mode: LINK },
    ],
  ],
  [
    'a file through a link',
    [
      { name: 'folder', content: '..', mode: LINK },
      { name: 'folder/evil', content: 'evil' },
    ],
  ],
  ['a link to nothing outside', [{ name: 'link', content: '../missing', mode: LINK }]],
  [
    'a link through a link to nothing outside',
    [
      { name: 'x/y/root', content: '../..', mode: LINK },
      { name: 'x/y/out', content: 'root/../missing', mode: LINK },
    ],
  ],
  ['a pipe', [{ name: 'pipe', content: '', mode: FIFO }]],
  [
    'a name twice',
    [
      { name: 'same', content: '1' },
      { name: 'same', content: '2' },
    ],
  ],
])('%s is refused', async ([, entries]) => {
  const folder = emptyFolder();
  await expect(unzip(await zipEntries(entries), folder)).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
  });
  expect(existsSync(join(folder, '..', 'evil'))).toBe(false);
});

test('a bomb is refused by the sum of its sizes, before it is written', async () => {
  const folder = emptyFolder();
  const zeros = Buffer.alloc(90 * 1024 * 1024);
  const bomb = await zipEntries(['a', 'b', 'c'].map((name) => ({ name, content: zeros })));
  await expect(unzip(bomb, folder)).rejects.toMatchObject({
    message: 'Unzipped size must be smaller than 262144000 bytes',
  });
  expect(existsSync(join(folder, 'c'))).toBe(false);
});

test('an entry larger than it declares is refused', async () => {
  const zip = await zipEntries([{ name: 'file', content: Buffer.alloc(5000) }]);
  const declared = Buffer.alloc(4);
  declared.writeUInt32LE(5000);
  const lie = Buffer.alloc(4);
  lie.writeUInt32LE(10);
  const lying = Buffer.from(
    zip.toString('latin1').replaceAll(declared.toString('latin1'), lie.toString('latin1')),
    'latin1',
  );
  await expect(unzip(lying, emptyFolder())).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
});

test('a package is kept once and whole; a refused one leaves nothing', async () => {
  const folder = join(temporaryFolder(), 'code');
  const store = new CodeStore(folder);
  const zip = await zipEntries([{ name: 'index.mjs', content: '1' }]);
  const [first, second] = await Promise.all([store.add(zip), store.add(zip)]);
  expect(second).toEqual(first);
  await expect(store.add(Buffer.from('no zip'))).rejects.toThrow('Could not unzip');
  expect(readdirSync(folder).sort()).toEqual(
    [basename(store.folder(first.codeSha256)), 'package.json'].sort(),
  );
  expect(readdirSync(store.folder(first.codeSha256))).toEqual(['index.mjs']);
  await store.clean(() => false);
  expect(readdirSync(folder)).toEqual(['package.json']);
});
