import { readdirSync } from 'node:fs';
import { readProc } from '../process-facts.ts';

/** How often new members of the group are looked for, when there are new processes at all. */
const MEMBERS_INTERVAL_MS = 100;
const NS_PER_MS = 1e6;

interface ThreadTime {
  readonly cpuNs: number;
  readonly waitingNs: number;
}

/** The processor time of a process group, to the nanosecond: every thread's schedstat, which the kernel keeps anyway. */
export class GroupCpuTime {
  readonly #groupId: number;
  readonly #threads = new Map<string, ThreadTime>();
  #members: readonly string[];
  #lookedForMembersAt = 0;
  #newestProcess: string | undefined;

  constructor(groupId: number) {
    this.#groupId = groupId;
    this.#members = [String(groupId)];
    this.read();
  }

  /** Since the last reading: run, and waiting for a core. What a thread used between that and its end is lost. */
  read(): { readonly cpuMs: number; readonly waitingMs: number } {
    this.#lookForMembers();
    let cpuNs = 0;
    let waitingNs = 0;
    for (const pid of this.#members) {
      for (const thread of threadsOf(pid)) {
        // `CPU_NS WAITING_NS SLICES`
        const [cpu, waiting] = (readProc(`/proc/${pid}/task/${thread}/schedstat`) ?? '')
          .split(' ')
          .map(Number);
        if (cpu === undefined || waiting === undefined) continue;
        const before = this.#threads.get(thread) ?? { cpuNs: 0, waitingNs: 0 };
        cpuNs += Math.max(0, cpu - before.cpuNs);
        waitingNs += Math.max(0, waiting - before.waitingNs);
        this.#threads.set(thread, { cpuNs: cpu, waitingNs: waiting });
      }
    }
    return { cpuMs: cpuNs / NS_PER_MS, waitingMs: waitingNs / NS_PER_MS };
  }

  /** Needs a look at every process, so only when one was started since, and not often. */
  #lookForMembers(): void {
    const now = performance.now();
    if (now - this.#lookedForMembersAt < MEMBERS_INTERVAL_MS) return;
    this.#lookedForMembersAt = now;
    // The last field of /proc/loadavg is the newest process or thread.
    const newestProcess = readProc('/proc/loadavg')?.split(' ').at(-1);
    if (newestProcess === this.#newestProcess) return;
    this.#newestProcess = newestProcess;
    this.#members = readdirSync('/proc').filter(
      (name) => /^\d+$/.test(name) && groupOf(name) === this.#groupId,
    );
  }
}

function threadsOf(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    // The process is gone.
    return [];
  }
}

/** The third field after the command's closing parenthesis. */
function groupOf(pid: string): number | undefined {
  const stat = readProc(`/proc/${pid}/stat`);
  return stat === undefined ? undefined : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
}
