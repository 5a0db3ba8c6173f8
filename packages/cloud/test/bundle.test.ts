import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { deterministicZip } from '../src/bundle/zip.ts';
import { bundleFunction, CloudUsageError, hostPlatform } from '../src/index.ts';
import { readZip } from './read-zip.ts';
import { unpack } from './support/unpack.ts';

const HANDLER = `import sharp from 'sharp';
export const handler = async () =>
  (await sharp({ create: { width: 2, height: 3, channels: 3, background: 'red' } }).png().toBuffer()).byteLength;
`;

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'skyground-bundle-'));
});

afterEach(async () => {
  await rm(root, { recursive: true });
});

/** A folder of its own with a handler, from where the workspace's installed packages are reachable. */
async function project(name: string): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder);
  await symlink(
    fileURLToPath(new URL('../../../node_modules', import.meta.url)),
    join(folder, 'node_modules'),
  );
  const entryPoint = join(folder, 'handler.ts');
  await writeFile(entryPoint, HANDLER);
  return entryPoint;
}

describe('a bundle', () => {
  it('has the same SHA-256 from another folder and at another time', async () => {
    const first = await project('first');
    const second = await project('a second folder');
    await utimes(second, new Date(0), new Date(86_400_000));

    const [a, b] = [
      await bundleFunction(first, hostPlatform()),
      await bundleFunction(second, hostPlatform()),
    ];

    expect(b.codeSha256).toBe(a.codeSha256);
    expect(a.codeSha256).toBe(createHash('sha256').update(b.zip).digest('base64'));
  });

  it('changes its SHA-256 with the code', async () => {
    const entryPoint = await project('one');
    const before = await bundleFunction(entryPoint, hostPlatform());
    await writeFile(entryPoint, HANDLER.replace('width: 2', 'width: 7'));

    expect((await bundleFunction(entryPoint, hostPlatform())).codeSha256).not.toBe(before.codeSha256);
  });

  it('runs where nothing else is installed, whatever package.json lies above it', async () => {
    const { zip } = await bundleFunction(await project('source'), hostPlatform());
    const folder = join(root, 'elsewhere');
    await writeFile(join(root, 'package.json'), '{"type":"module"}');
    await unpack(zip, folder);

    const load = createRequire(join(folder, 'caller.cjs'));
    const loaded: { handler: () => Promise<number> } = load('./index.cjs');

    expect(await loaded.handler()).toBeGreaterThan(50);
  });

  it('holds only what is loaded at run time, in order, with fixed times and modes', async () => {
    const entries = await readZip((await bundleFunction(await project('source'), hostPlatform())).zip);

    expect(entries.map(({ path }) => path)).toEqual(entries.map(({ path }) => path).toSorted());
    expect(
      entries.map(({ path }) => path).filter((path) => /README|LICENSE|\.h$|versions\.json/.test(path)),
    ).toEqual([]);
    expect(new Set(entries.map(({ mode }) => mode))).toEqual(new Set([0o100644]));
    expect(new Set(entries.map(({ modified }) => modified.getFullYear()))).toEqual(new Set([1980]));
  });

  it('names the package and the npm command when the platform’s sharp is missing', async () => {
    const bundling = bundleFunction(await project('source'), 'linux-s390x');

    await expect(bundling).rejects.toThrow(CloudUsageError);
    await expect(bundling).rejects.toThrow(
      /@img\/sharp-linux-s390x.*npm install .*--os=linux --cpu=s390x --libc=glibc sharp/,
    );
  });

  it('says which file cannot be bundled', async () => {
    const entryPoint = await project('broken');
    await writeFile(entryPoint, 'export const handler = ;');

    await expect(bundleFunction(entryPoint, hostPlatform())).rejects.toThrow(/handler\.ts/);
  });
});

describe('a zip', () => {
  it('does not depend on the order in which entries come', async () => {
    const entries = [
      { path: 'b/c.txt', data: Buffer.from('two') },
      { path: 'a.txt', data: Buffer.from('one') },
    ];

    expect(await deterministicZip(entries)).toEqual(await deterministicZip(entries.toReversed()));
  });
});
