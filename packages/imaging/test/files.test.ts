import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { listImages, outputName } from '../src/index.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'skyground-imaging-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

const put = (name: string, content = 'x') => writeFile(join(folder, name), content);
const names = async (dir = folder) => (await listImages(dir)).map(({ name }) => name);

test('lists every file with size and path, sorted by code unit, bad ones included', async () => {
  const all = [
    'Z.jpg',
    'a b.jpg',
    'a"q.png',
    "a'q.png",
    'a+b.jpg',
    'empty.jpg',
    'notes.txt',
    'é.jpg',
    '夜.jpg',
  ];
  for (const name of all.toReversed()) await put(name, name === 'empty.jpg' ? '' : 'four');
  const listed = await listImages(folder);
  expect(listed.map(({ name }) => name)).toEqual(all.toSorted());
  expect(listed[0]).toEqual({ name: 'Z.jpg', path: join(folder, 'Z.jpg'), sizeBytes: 4 });
  expect(listed.find(({ name }) => name === 'empty.jpg')?.sizeBytes).toBe(0);
});

test('goes into folders, leaves out what begins with a dot', async () => {
  await mkdir(join(folder, 'b', 'c'), { recursive: true });
  await mkdir(join(folder, '.hidden'));
  for (const name of ['b/c/1.jpg', 'b/2.jpg', 'b-1.jpg', '.DS_Store', '.hidden/3.jpg', 'b/.4.jpg'])
    await put(name);
  expect(await names()).toEqual(['b-1.jpg', 'b/2.jpg', 'b/c/1.jpg']);
});

test('follows links to files inside the folder, and no others', async () => {
  await mkdir(join(folder, 'images'));
  await put('secret.txt');
  await put('images/a.jpg', 'four');
  const images = join(folder, 'images');
  await symlink('a.jpg', join(images, 'inside.jpg'));
  await symlink(join(folder, 'secret.txt'), join(images, 'outside.jpg'));
  await symlink('gone.jpg', join(images, 'dangling.jpg'));
  await symlink('loop.jpg', join(images, 'loop.jpg'));
  await symlink('.', join(images, 'folder'));
  expect((await listImages(images)).map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
    ['a.jpg', 4],
    ['inside.jpg', 4],
  ]);
});

test('a folder may be given through a link', async () => {
  await mkdir(join(folder, 'real'));
  await put('real/a.jpg');
  await symlink('real', join(folder, 'link'));
  expect(await names(join(folder, 'link'))).toEqual(['a.jpg']);
});

test('an empty folder has no images; a missing one is unreadable', async () => {
  expect(await names()).toEqual([]);
  await expect(names(join(folder, 'none'))).rejects.toMatchObject({ code: 'unreadable', permanent: false });
});

test('different images never share an output name', () => {
  expect(['a.png', 'a.jpg', 'a.png.jpg'].map(outputName)).toEqual([
    'a.png.jpg',
    'a.jpg.jpg',
    'a.png.jpg.jpg',
  ]);
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(outputName(a) === outputName(b)).toBe(a === b);
    }),
  );
});
