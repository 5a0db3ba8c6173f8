import { inspect } from 'node:util';
import { startLocalCloud } from '../local-cloud.ts';
import { StateFolderError, StateFolderInUseError } from '../storage/open-database.ts';
import { parseFlags, type ServingOptions, USAGE } from './flags.ts';
import { instructions } from './instructions.ts';
import { readLiveLock } from './lock-file.ts';
import type { ChildMessage } from './parent-messages.ts';
import { untilToldToStop } from './stop-requests.ts';

/** `npm run cloud`, and the child process of ensureLocalCloud: serves until a signal, or until the parent is gone. */

process.on('uncaughtException', (error, origin) => {
  // Rejections without a handler arrive here as well.
  process.stderr.write(`local cloud: ${origin}: ${inspect(error)}\n`);
  process.exit(1);
});
// A reader of our output that went away (a closed pipe) is no reason to stop serving.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

process.exitCode = await main();
// The IPC channel, where there is one, would keep this process alive.
if (process.connected) process.disconnect();

async function main(): Promise<number> {
  const command = parseFlags(
    process.argv.slice(2),
    process.env['INIT_CWD'] ?? process.cwd(),
    process.env['SKYGROUND_STATE_DIR'],
  );
  switch (command.kind) {
    case 'help':
      process.stdout.write(USAGE);
      return 0;
    case 'wrong-usage':
      process.stderr.write(`${command.message}\n\n${USAGE}`);
      return 2;
    case 'serve':
      return serve(command);
  }
}

async function serve(options: {
  port: number;
  stateDir: string;
  verifySignatures: boolean;
  lambda: ServingOptions;
}): Promise<number> {
  const toldToStop = untilToldToStop();
  try {
    const cloud = await startLocalCloud(options);
    tellParent({ kind: 'ready' });
    process.stdout.write(instructions(cloud, options.stateDir));
    const exitCode = await toldToStop;
    await cloud.stop();
    return exitCode;
  } catch (error) {
    if (error instanceof StateFolderInUseError) tellParent({ kind: 'in-use' });
    process.stderr.write(`local cloud: ${explain(error, options)}\n`);
    return 1;
  }
}

function tellParent(message: ChildMessage): void {
  if (process.connected) process.send?.(message);
}

function explain(error: unknown, { port, stateDir }: { port: number; stateDir: string }): string {
  if (error instanceof StateFolderInUseError) {
    const lock = readLiveLock(stateDir);
    const where = lock === undefined ? '' : ` It serves ${lock.endpoint} as process ${lock.pid}.`;
    return `${error.message}${where}\nUse that one, stop it, or choose another folder with --state DIR.`;
  }
  if (error instanceof StateFolderError) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `port ${port} of 127.0.0.1 is taken by another program.\nStop that, or choose another with --port N (0 takes any free one).`;
  }
  if (error instanceof Error && 'code' in error && error.code === 'EACCES') {
    return `port ${port} needs more rights than this user has.\nChoose another with --port N (0 takes any free one).`;
  }
  return inspect(error);
}
