import { readFileSync } from 'node:fs';

const BYTES_PER_KB = 1024;

/** Peak resident memory since the process started (VmHWM); undefined once it is gone. */
export function peakMemoryBytes(pid: number): number | undefined {
  const status = readProc(`/proc/${pid}/status`);
  const peakKb = status?.match(/^VmHWM:\s+(\d+) kB$/m)?.[1];
  return peakKb === undefined ? undefined : Number(peakKb) * BYTES_PER_KB;
}

export function hasProcFileSystem(): boolean {
  return readProc('/proc/self/status') !== undefined;
}

/** Undefined once the process is gone. */
export function readProc(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    // The process ended between two looks at it.
    return undefined;
  }
}

/** Sends a signal to every process of a group; a group that is gone is no error. */
export function signalGroup(groupId: number, signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
  try {
    process.kill(-groupId, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
