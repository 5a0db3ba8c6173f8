import { readFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import type { Session } from './manifest.ts';

/**
 * Begins to watch the machine. What others load it with is the load average before the run's own work begins: later it
 * counts our work too. The stolen share is of the whole time until the returned function is called; null off Linux.
 */
export async function watchLoad(): Promise<() => Promise<Session['load']>> {
  const foreignCores = loadavg()[0] ?? 0;
  const before = await processorTicks();
  return async () => {
    const after = await processorTicks();
    if (before === undefined || after === undefined) return null;
    const total = after.total - before.total;
    const stolen = after.stolen - before.stolen;
    return {
      foreignCores,
      cores: availableParallelism(),
      stealShare: total > 0 ? Math.min(1, Math.max(0, stolen / total)) : 0,
    };
  };
}

/** First line of /proc/stat: user nice system idle iowait irq softirq steal; what follows is counted in user already. */
async function processorTicks(): Promise<{ readonly total: number; readonly stolen: number } | undefined> {
  const text = await readFile('/proc/stat', 'utf8').catch(() => undefined);
  const fields = text?.split('\n', 1)[0]?.trim().split(/\s+/).slice(1, 9).map(Number);
  if (fields === undefined || fields.length < 8) return undefined;
  return { total: fields.reduce((sum, ticks) => sum + ticks, 0), stolen: fields[7] ?? 0 };
}
