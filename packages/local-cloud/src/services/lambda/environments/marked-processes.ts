import { readdir, readFile } from 'node:fs/promises';

/**
 * Kills every process that was started with `marker` among its variables, and what those start meanwhile. A process group
 * is left by a child that a handler detaches; the variables go with it, unless the handler gives it others.
 */
export async function killMarked(marker: string): Promise<void> {
  const killed = new Set<number>();
  for (;;) {
    // A killed process can still be seen for a moment.
    const found = (await processesWith(marker)).filter((pid) => !killed.has(pid));
    if (found.length === 0) return;
    for (const pid of found) {
      killed.add(pid);
      kill(pid);
    }
  }
}

async function processesWith(marker: string): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0 && pid !== process.pid);
  const isMarked = await Promise.all(pids.map(async (pid) => (await variablesOf(pid)).includes(marker)));
  return pids.filter((_, index) => isMarked[index]);
}

async function variablesOf(pid: number): Promise<Buffer> {
  try {
    return await readFile(`/proc/${pid}/environ`);
  } catch {
    // Another user's, or gone.
    return Buffer.alloc(0);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone, or not ours to end.
  }
}
