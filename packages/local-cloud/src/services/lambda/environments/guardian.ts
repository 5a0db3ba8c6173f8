import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * POSIX shell: keeps the list of live process groups told on stdin, and kills what is left when stdin ends,
 * which the kernel does however this process dies.
 */
const SCRIPT = `
live=' '
while read -r change group; do
  case $change in
    add) live="$live$group " ;;
    drop) live="\${live%% $group *} \${live#* $group }" ;;
  esac
done
for group in $live; do kill -s KILL -- "-$group"; done 2>/dev/null
`;

/**
 * Ends the environments when the cloud is killed with no chance to do so. A frozen environment cannot notice that itself.
 * One small shell for the whole cloud, in a session of its own so that Ctrl-C does not reach it first.
 */
export class Guardian {
  readonly #shell: ChildProcess;

  constructor() {
    this.#shell = spawn('/bin/sh', ['-c', SCRIPT], {
      detached: true,
      env: {},
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    // If it dies first, the next start's sweep (process-records.ts) takes its place.
    this.#shell.on('error', () => {});
    this.#shell.stdin?.on('error', () => {});
  }

  add(groupId: number): void {
    this.#shell.stdin?.write(`add ${groupId}\n`);
  }

  drop(groupId: number): void {
    this.#shell.stdin?.write(`drop ${groupId}\n`);
  }

  async stop(): Promise<void> {
    if (this.#shell.exitCode !== null || this.#shell.signalCode !== null || this.#shell.pid === undefined)
      return;
    const exited = once(this.#shell, 'exit');
    this.#shell.stdin?.end();
    await exited;
  }
}
