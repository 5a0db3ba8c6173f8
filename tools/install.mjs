// Runs before `npm run master`, `npm test` and the like, on whatever Node the machine has (20 or later), so it may use
// nothing that is not in Node itself. Installs when node_modules is missing or older than the lock file.
// `npm install`, not `npm ci`: a lock file written where a registry lacks other platforms' binaries is refused by `npm ci`.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lockFile = join(root, 'package-lock.json');
const installedMark = join(root, 'node_modules', '.package-lock.json');

function fail(message) {
  console.error(message);
  process.exit(1);
}

/** Path -> version of everything that a lock file names, for comparing two locks by meaning rather than by bytes. */
function lockedVersions(text) {
  const entries = Object.entries(JSON.parse(text).packages ?? {});
  return new Map(entries.map(([path, entry]) => [path, entry.version ?? (entry.link ? 'link' : '')]));
}

const major = Number(process.versions.node.split('.')[0]);
if (major < 20)
  fail(`Skyground needs Node 20 or later to install itself, but this is Node ${process.versions.node}.`);

const upToDate = existsSync(installedMark) && statSync(installedMark).mtimeMs >= statSync(lockFile).mtimeMs;
if (!upToDate) {
  const startedMs = Date.now();
  process.stderr.write('Installing dependencies (first run, about half a minute) ... ');
  const lockBefore = readFileSync(lockFile, 'utf8');
  // npm's own file, run by this Node: no shell, and no dependence on what `npm` means in PATH.
  const npm = process.env.npm_execpath;
  const [command, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const result = spawnSync(command, [...first, 'install', '--loglevel=error', '--no-audit', '--no-fund'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (result.error || result.status !== 0) {
    process.stderr.write('failed.\n');
    process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
    fail(
      'npm install failed (its messages are above). Check the network or registry settings and run the command again.',
    );
  }
  const lockAfter = readFileSync(lockFile, 'utf8');
  if (lockAfter !== lockBefore) {
    const before = lockedVersions(lockBefore);
    const after = lockedVersions(lockAfter);
    // Packages may be absent from `after` (another platform's binaries); a version that differs would be other code.
    const changed = [...after].filter(([path, version]) => before.has(path) && before.get(path) !== version);
    writeFileSync(lockFile, lockBefore);
    if (changed.length > 0) {
      fail(
        `The install would have changed locked versions (${changed.map(([path]) => path).join(', ')}). ` +
          'package-lock.json was put back. Delete node_modules and try again.',
      );
    }
  }
  // npm leaves its mark untouched when nothing was to be done; without this the next start would install again.
  const now = new Date();
  utimesSync(installedMark, now, now);
  process.stderr.write(`done in ${((Date.now() - startedMs) / 1000).toFixed(0)} s.\n`);
}
