import { createWriteStream } from 'node:fs';
import { mkdir, realpath, symlink } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, normalize, relative, sep } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { invalidParameter } from '../errors.ts';
import { MAXIMUM_UNZIPPED_BYTES, MAXIMUM_ZIP_ENTRIES } from '../limits.ts';

const FILE_TYPE_MASK = 0o170000;
const REGULAR_FILE = 0o100000;
const FOLDER = 0o040000;
const SYMBOLIC_LINK = 0o120000;
const PERMISSIONS = 0o777;
const WRITE_PERMISSIONS = 0o222;
const MAXIMUM_LINK_BYTES = 4096;
const UNPACKED_AT_ONCE = 16;

interface Link {
  readonly path: string;
  readonly target: string;
}

/**
 * Unpacks a deployment package into an empty folder. The archive is hostile until checked: yauzl refuses absolute paths,
 * `..` and back slashes, and entries larger than they declare; the sum, the count, links and special files are checked here.
 * Throws an InvalidParameterValueException.
 */
export async function unzip(zip: Uint8Array, folder: string): Promise<void> {
  try {
    const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
    await unpack(await fromBufferPromise(bytes, { strictFileNames: true }), folder);
  } catch (error) {
    if (error instanceof Error && error.name === 'InvalidParameterValueException') throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw invalidParameter(
      `Could not unzip uploaded file. Please check your file, then try to upload again. (${reason})`,
      {
        cause: error,
      },
    );
  }
}

async function unpack(zip: ZipFile, folder: string): Promise<void> {
  if (zip.entryCount > MAXIMUM_ZIP_ENTRIES) {
    throw invalidParameter(
      `The package has ${zip.entryCount} entries; at most ${MAXIMUM_ZIP_ENTRIES} are taken.`,
    );
  }
  const entries: Entry[] = [];
  let unzippedBytes = 0;
  for await (const entry of zip.eachEntry()) {
    unzippedBytes += entry.uncompressedSize;
    if (unzippedBytes > MAXIMUM_UNZIPPED_BYTES) {
      throw invalidParameter(`Unzipped size must be smaller than ${MAXIMUM_UNZIPPED_BYTES} bytes`);
    }
    entries.push(entry);
  }
  const links = await unpackAll(zip, entries, folder);
  // Last, so that no file is ever written through a link.
  for (const { path, target } of links) await symlink(target, join(folder, path));
  for (const { path, target } of links) await checkLink(path, target, folder);
}

/** Several at a time, because each waits for the disk. Returns when none is being written any more, also when one failed. */
async function unpackAll(zip: ZipFile, entries: readonly Entry[], folder: string): Promise<Link[]> {
  const links: Link[] = [];
  const rest = entries.values();
  const unpacking = Array.from({ length: UNPACKED_AT_ONCE }, async () => {
    for (const entry of rest) {
      const link = await unpackEntry(zip, entry, folder);
      if (link !== undefined) links.push(link);
    }
  });
  for (const result of await Promise.allSettled(unpacking)) {
    if (result.status === 'rejected') throw result.reason;
  }
  return links;
}

async function unpackEntry(zip: ZipFile, entry: Entry, folder: string): Promise<Link | undefined> {
  const mode = entry.externalFileAttributes >>> 16;
  const type = mode & FILE_TYPE_MASK;
  const path = normalize(entry.fileName);
  if (entry.fileName.endsWith('/') || type === FOLDER) {
    await mkdir(join(folder, path), { recursive: true });
    return undefined;
  }
  await mkdir(join(folder, dirname(path)), { recursive: true });
  if (type === SYMBOLIC_LINK) {
    if (entry.uncompressedSize > MAXIMUM_LINK_BYTES) throw invalidParameter(`The link ${path} is too long.`);
    return { path, target: (await buffer(await zip.openReadStreamPromise(entry))).toString('utf8') };
  }
  if (type !== REGULAR_FILE && type !== 0)
    throw invalidParameter(`${path} is neither a file, a folder nor a link.`);
  // Archives made without Unix attributes say nothing of permissions. Nobody may write, as on AWS.
  const permissions = (type === 0 ? 0o644 : mode & PERMISSIONS) & ~WRITE_PERMISSIONS;
  await pipeline(
    await zip.openReadStreamPromise(entry),
    createWriteStream(join(folder, path), { flags: 'wx', mode: permissions, flush: true }),
  );
  return undefined;
}

/** By where it really leads: a link's text may pass through other links. What is not there yet counts, too. */
async function checkLink(path: string, target: string, folder: string): Promise<void> {
  if (isAbsolute(target)) throw invalidParameter(`The link ${path} leaves the package.`);
  const root = await realpath(folder);
  const inside = relative(root, await realTarget(`${dirname(join(root, path))}${sep}${target}`));
  if (inside === '..' || inside.startsWith(`..${sep}`))
    throw invalidParameter(`The link ${path} leaves the package.`);
}

/** The path is not to be normalized: `..` leads out of where a link has led, which only the file system knows. */
async function realTarget(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    return join(await realTarget(dirname(path)), basename(path));
  }
}
