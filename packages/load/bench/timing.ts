import { threadAlarm } from '../src/engine/alarm.ts';
import { clockWithOffset, utcOffsetMs } from '../src/engine/clock.ts';
import { machine, spread } from './figures.ts';

type Wait = (atMs: number, then: () => void) => void;

/** Compares ways to wait until a time: how late each is, and what it costs. */
export async function timing(seconds: number): Promise<void> {
  const offsetMs = utcOffsetMs();
  const nowMs = clockWithOffset(offsetMs);
  const alarm = await threadAlarm(offsetMs, console.error);
  const ways: Readonly<Record<string, Wait>> = {
    setTimeout: (atMs, then) => setTimeout(then, Math.max(0, atMs - nowMs())),
    'setTimeout, then busy': (atMs, then) => {
      const busy = (): void => {
        while (nowMs() < atMs);
        setImmediate(then);
      };
      const remainingMs = atMs - nowMs();
      if (remainingMs > 1.5) setTimeout(busy, Math.max(1, Math.floor(remainingMs - 1.5)));
      else busy();
    },
    'setTimeout, then polling': (atMs, then) => {
      const poll = (): void => {
        if (nowMs() < atMs) setImmediate(poll);
        else then();
      };
      const remainingMs = atMs - nowMs();
      if (remainingMs > 1.5) setTimeout(poll, Math.max(1, Math.floor(remainingMs - 1.5)));
      else setImmediate(poll);
    },
    'alarm thread': (atMs, then) => alarm.set(atMs, then),
  };
  try {
    console.log(`ways to wait (${machine()})`);
    for (const ratePerSecond of [5, 200, 1000, 5000]) {
      for (const [name, wait] of Object.entries(ways)) {
        const { lateMs, cpuPercent } = await measure(wait, nowMs, ratePerSecond, seconds);
        console.log(
          `  ${String(ratePerSecond).padStart(4)}/s ${name.padEnd(24)} late ${spread(lateMs)}; CPU ${cpuPercent.toFixed(1)} %`,
        );
      }
    }
  } finally {
    await alarm.close();
  }
}

async function measure(wait: Wait, nowMs: () => number, ratePerSecond: number, seconds: number) {
  const count = Math.max(3, ratePerSecond * seconds);
  const startMs = nowMs() + 20;
  const lateMs: number[] = [];
  const cpu = process.cpuUsage();
  await new Promise<void>((resolve) => {
    const step = (): void => {
      while (lateMs.length < count) {
        const dueMs = startMs + (lateMs.length * 1000) / ratePerSecond;
        const late = nowMs() - dueMs;
        if (late < 0) {
          wait(dueMs, step);
          return;
        }
        lateMs.push(late);
      }
      resolve();
    };
    step();
  });
  const { user, system } = process.cpuUsage(cpu);
  return { lateMs, cpuPercent: (user + system) / 10 / ((1000 * count) / ratePerSecond) };
}
