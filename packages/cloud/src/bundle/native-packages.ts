import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, posix } from 'node:path';
import * as z from 'zod';

import { CloudUsageError } from '../errors.ts';
import type { PlatformName } from './platform.ts';
import type { ZipFileEntry } from './zip.ts';

const packageSchema = z.object({ optionalDependencies: z.record(z.string(), z.string()).default({}) });

/** What is loaded at run time: the manifest (for its exports), loaders and libraries. Headers, licences and readmes stay behind. */
const RUNTIME_FILE = /(^|\/)(package\.json|[^/]+\.(cjs|js|node|dylib|dll)|[^/]+\.so(\.\d+)*)$/;

/**
 * The files of sharp's prebuilt binary for one platform, and of the libvips that it links to, as zip entries under
 * `node_modules/`. The two keep their places relative to each other: one finds the other by `$ORIGIN/../..`.
 *
 * @param importer the folder of the file that imports them, so that a workspace with two sharps gives the right one.
 */
export async function sharpNativeFiles(
  importer: string,
  platform: PlatformName,
): Promise<readonly ZipFileEntry[]> {
  const main = locate(`@img/sharp-${platform}`, importer, platform);
  const manifest = packageSchema.parse(JSON.parse(await readFile(join(main.folder, 'package.json'), 'utf8')));
  const linked = Object.keys(manifest.optionalDependencies).map((name) =>
    locate(name, main.folder, platform),
  );
  return (await Promise.all([main, ...linked].map(runtimeFiles))).flat();
}

interface LocatedPackage {
  readonly name: string;
  readonly folder: string;
}

function locate(name: string, from: string, platform: PlatformName): LocatedPackage {
  try {
    return { name, folder: dirname(createRequire(join(from, 'importer.cjs')).resolve(`${name}/package`)) };
  } catch (cause) {
    const [os = '', cpu = ''] = platform.split('-');
    const libc = os === 'linux' ? ' --libc=glibc' : os === 'linuxmusl' ? ' --libc=musl' : '';
    throw new CloudUsageError(
      `The function needs sharp for ${platform}, but ${name} is not installed. Add it beside the one of this machine: ` +
        `npm install --no-save --force --os=${os.replace('musl', '')} --cpu=${cpu}${libc} sharp`,
      { cause },
    );
  }
}

async function runtimeFiles({ name, folder }: LocatedPackage): Promise<readonly ZipFileEntry[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, relative: path.slice(folder.length + 1).replaceAll('\\', '/') }))
    .filter(({ relative }) => RUNTIME_FILE.test(relative));
  return Promise.all(
    paths.map(async ({ path, relative }) => ({
      path: posix.join('node_modules', name, relative),
      data: await readFile(path),
    })),
  );
}
