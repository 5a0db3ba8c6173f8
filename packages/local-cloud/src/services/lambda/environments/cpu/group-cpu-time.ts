import { readdirSync } from 'node:fs';
import { readProc } from '../process-facts.ts';
import type { CpuUse } from './cpu-credit.ts';
import type { ProcessGroups } from './process-groups.ts';

const NS_PER_MS = 1e6;

interface ThreadTime {
  readonly cpuNs: number;
  readonly waitingNs: number;
}
const NO_TIME: ThreadTime = { cpuNs: 0, waitingNs: 0 };

/** The processor time of a process group, to the nanosecond: every thread's schedstat, which the kernel keeps anyway. */
export class GroupCpuTime {
  readonly #groupId: number;
  readonly #groups: ProcessGroups;
  /** Of those that lived at the last reading. */
  #threads: ReadonlyMap<string, ThreadTime> = new Map();

  constructor(groupId: number, groups: ProcessGroups) {
    this.#groupId = groupId;
    this.#groups = groups;
  }

  /** Since the last reading. What a thread used between that and its end is lost. */
  read(): CpuUse {
    let cpuNs = 0;
    let waitingNs = 0;
    const threads = new Map<string, ThreadTime>();
    for (const pid of this.#groups.members(this.#groupId)) {
      for (const thread of threadsOf(pid)) {
        const time = timeOf(pid, thread);
        if (time === undefined) continue;
        const before = this.#threads.get(thread) ?? NO_TIME;
        cpuNs += Math.max(0, time.cpuNs - before.cpuNs);
        waitingNs += Math.max(0, time.waitingNs - before.waitingNs);
        threads.set(thread, time);
      }
    }
    this.#threads = threads;
    return { cpuMs: cpuNs / NS_PER_MS, waitingMs: waitingNs / NS_PER_MS };
  }
}

/** `CPU_NS WAITING_NS SLICES` */
function timeOf(pid: string, thread: string): ThreadTime | undefined {
  const [cpuNs, waitingNs] = (readProc(`/proc/${pid}/task/${thread}/schedstat`) ?? '').split(' ').map(Number);
  return cpuNs === undefined || waitingNs === undefined ? undefined : { cpuNs, waitingNs };
}

function threadsOf(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    // The process is gone.
    return [];
  }
}
