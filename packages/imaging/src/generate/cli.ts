import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { InvalidOptionsError } from '../errors.ts';
import { HELP, parseFlags } from './flags.ts';
import { type ImageSet, namesOf } from './image-set.ts';
import { writeSet } from './write-set.ts';

const REPOSITORY = fileURLToPath(new URL('../../../../', import.meta.url));

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());
process.once('SIGTERM', () => stop.abort());
process.exitCode = await main(process.argv.slice(2), stop.signal);

async function main(args: readonly string[], signal: AbortSignal): Promise<number> {
  try {
    const flags = parseFlags(args);
    if (flags.kind === 'help') {
      process.stdout.write(HELP);
      return 0;
    }
    // A path is meant from where the person stands; npm moves to the workspace's folder first.
    const stands = process.env['INIT_CWD'] ?? process.cwd();
    const folder =
      flags.out === undefined ? resolve(REPOSITORY, 'images_to_upload') : resolve(stands, flags.out);
    await makeImages(flags.set, folder, flags.force, signal);
    return 0;
  } catch (error) {
    if (signal.aborted) {
      process.stderr.write('Stopped. The images written so far are complete.\n');
      return 130;
    }
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (!(error instanceof InvalidOptionsError)) return 1;
    process.stderr.write('Run npm run images -- --help for what is allowed.\n');
    return 2;
  }
}

async function makeImages(set: ImageSet, folder: string, force: boolean, signal: AbortSignal): Promise<void> {
  const count = namesOf(set).length;
  const startedMs = performance.now();
  const done = { written: 0, unchanged: 0 };
  let bytes = 0;
  try {
    await writeSet(set, {
      folder,
      force,
      signal,
      onImage: (_name, sizeBytes, written) => {
        done[written] += 1;
        bytes += sizeBytes;
        if (process.stderr.isTTY)
          process.stderr.write(`\r${done.written + done.unchanged} of ${count} images\u001b[K`);
      },
    });
  } finally {
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  }
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  const where = relative(process.env['INIT_CWD'] ?? process.cwd(), folder) || '.';
  const unchanged = done.unchanged > 0 ? ` (${done.unchanged} of them were there already)` : '';
  process.stdout.write(
    `${count} images, ${(bytes / 1e6).toFixed(2)} MB, in ${where}${unchanged}, made in ${seconds} s\n`,
  );
}
