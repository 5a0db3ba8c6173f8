import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * POSIX shell: waits for the end of stdin, which the kernel brings about however this process dies, then kills what was
 * started with the marker among its variables, until a look finds nothing new. Then removes their control groups, which the
 * kernel lets go once it has buried them.
 */
const SCRIPT = `
while read -r _; do :; done
before=
while :; do
  found=$(grep -slF -e "$1" /proc/[0-9]*/environ | cut -d/ -f3)
  [ "$found" = "$before" ] && break
  before=$found
  kill -s KILL $found
done 2>/dev/null
[ -n "$2" ] || exit
tries=0
while [ $tries -lt 100 ]; do
  rmdir "$2"* 2>/dev/null
  set -- "$1" "$2" "$2"*
  [ -d "$3" ] || exit
  tries=$((tries + 1))
  sleep 0.05
done
`;

/**
 * Ends the environments when the cloud is killed with no chance to do so. A frozen environment cannot notice that itself.
 * One small shell for the whole cloud, in a session of its own so that Ctrl-C does not reach it first.
 */
export class Guardian {
  readonly #marker: string;
  readonly #remains: string | undefined;
  #shell: ChildProcess | undefined;

  /** `remains`: what the folders to be removed begin with, if there are any. */
  constructor(marker: string, remains: string | undefined) {
    this.#marker = marker;
    this.#remains = remains;
  }

  /** To be called before the first process is started. */
  start(): void {
    if (this.#shell !== undefined) return;
    this.#shell = spawn('/bin/sh', ['-c', SCRIPT, 'guardian', this.#marker, this.#remains ?? ''], {
      detached: true,
      env: {},
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    // If it dies first, the next start's sweep (lambda.ts) takes its place.
    this.#shell.on('error', () => {});
    this.#shell.stdin?.on('error', () => {});
  }

  async stop(): Promise<void> {
    const shell = this.#shell;
    if (shell?.pid === undefined || shell.exitCode !== null || shell.signalCode !== null) return;
    const exited = once(shell, 'exit');
    shell.stdin?.end();
    await exited;
  }
}
