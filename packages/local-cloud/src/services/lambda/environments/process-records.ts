import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Guardian } from './guardian.ts';
import { processIdentity, signalGroup } from './process-facts.ts';

/**
 * Which processes are ours, on disk, so that a start can end what a killed cloud left behind: one file per process, its pid
 * as name, its identity as content. Backs up the guardian, which is killed too when everything is.
 */
export class ProcessRecords {
  readonly #folder: string;
  #guardian: Guardian | undefined;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** Ends the processes of an earlier cloud that are still there; returns how many. */
  sweep(): number {
    let ended = 0;
    for (const name of readdirSync(this.#folder)) {
      const pid = Number(name);
      const identity = readFileSync(join(this.#folder, name), 'utf8');
      if (Number.isSafeInteger(pid) && pid > 1 && processIdentity(pid) === identity) {
        signalGroup(pid, 'SIGKILL');
        ended += 1;
      }
      rmSync(join(this.#folder, name));
    }
    return ended;
  }

  add(pid: number): void {
    this.#guardian ??= new Guardian();
    this.#guardian.add(pid);
    const identity = processIdentity(pid);
    if (identity !== undefined) writeFileSync(join(this.#folder, String(pid)), identity);
  }

  drop(pid: number): void {
    this.#guardian?.drop(pid);
    rmSync(join(this.#folder, String(pid)), { force: true });
  }

  async stop(): Promise<void> {
    await this.#guardian?.stop();
    this.#guardian = undefined;
  }
}
