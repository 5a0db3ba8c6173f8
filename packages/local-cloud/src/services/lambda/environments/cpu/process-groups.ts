import { readdirSync } from 'node:fs';
import { readProc } from '../process-facts.ts';

/** How often is looked for new processes, when there are any at all. */
const INTERVAL_MS = 100;

/** Which processes are in which group. That needs a look at every process there is, so one table serves all shares. */
export class ProcessGroups {
  #members: ReadonlyMap<number, readonly string[]> = new Map();
  #lookedAt = Number.NEGATIVE_INFINITY;
  #newestProcess: string | undefined;

  /** The leader alone, as long as no other has been seen. */
  members(groupId: number): readonly string[] {
    this.#look();
    return this.#members.get(groupId) ?? [String(groupId)];
  }

  #look(): void {
    const now = performance.now();
    if (now - this.#lookedAt < INTERVAL_MS) return;
    this.#lookedAt = now;
    // The last field of /proc/loadavg is the newest process or thread.
    const newestProcess = readProc('/proc/loadavg')?.split(' ').at(-1);
    if (newestProcess === this.#newestProcess) return;
    this.#newestProcess = newestProcess;
    this.#members = Map.groupBy(
      readdirSync('/proc').filter((name) => /^\d+$/.test(name)),
      groupOf,
    );
  }
}

/** The third field after the command's closing parenthesis. -1 once the process is gone. */
function groupOf(pid: string): number {
  const stat = readProc(`/proc/${pid}/stat`);
  return stat === undefined ? -1 : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
}
