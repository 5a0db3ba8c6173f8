import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LoadPlan, locustfile, readLocustStats } from '../../src/index.ts';
import { type Job, outputOf, type ToolReport } from './tool.ts';

/** A process of Python makes fewer requests a second than this, with however many users. */
const fastest = 1000;
const closedUsers = 10;

/**
 * Drives with the locustfile that we generate: users in proportion to the rate, and where that is beyond a process of
 * Locust, ten users without think time. Debian has it (`apt-get install python3-locust`).
 */
export async function locust({ url, ratePerSecond, seconds }: Job): Promise<ToolReport | undefined> {
  const paced = ratePerSecond <= fastest;
  const durationMs = seconds * 1000;
  const stage = { durationMs, startRatePerSecond: ratePerSecond, endRatePerSecond: ratePerSecond };
  const plan: LoadPlan = {
    name: 'bench',
    model: paced
      ? { kind: 'open', stages: [stage], arrivals: 'even', seed: 1, maxInFlight: 1000 }
      : {
          kind: 'closed',
          users: closedUsers,
          spawnRatePerSecond: closedUsers,
          thinkTime: { kind: 'constant', thinkMs: 0 },
          runTimeMs: durationMs,
          seed: 1,
        },
    target: { kind: 'http', url, method: 'GET', headers: {}, body: null, answerIdHeader: null },
    requestTimeoutMs: 30_000,
  };
  const folder = await mkdtemp(join(tmpdir(), 'skyground-load-bench-'));
  try {
    const file = join(folder, 'locustfile.py');
    const prefix = join(folder, 'out');
    await writeFile(file, locustfile(plan));
    const users = [
      '--users',
      `${closedUsers}`,
      '--spawn-rate',
      `${closedUsers}`,
      '--run-time',
      `${seconds}s`,
    ];
    const said = await outputOf('locust', [
      ...['-f', file, '--headless', '--csv', prefix],
      ...(paced ? [] : users),
    ]);
    if (said === undefined) return undefined;
    const stats = readLocustStats(await readFile(`${prefix}_stats.csv`, 'utf8'), 'stats').at(-1);
    return {
      version: await version(),
      model: paced ? 'closed, users in proportion' : `closed, ${closedUsers} users, no rate`,
      sent: stats?.requests ?? 0,
      dropped: null,
      p50Ms: stats?.medianMs ?? Number.NaN,
      p99Ms: stats?.percentilesMs?.[7] ?? Number.NaN,
      maxMs: stats?.maxMs ?? Number.NaN,
      remark: `average ${stats?.averageMs.toFixed(1)} ms over its requests, whoever waited`,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Debian's build says nothing after its own name. */
async function version(): Promise<string> {
  const own = /(\d+\.\d+\.\d+)/.exec((await outputOf('locust', ['--version'])) ?? '')?.[1];
  const debian = await outputOf('dpkg-query', ['-W', '-f', '$' + '{Version}', 'python3-locust']);
  return own ?? debian?.split('-')[0] ?? 'unknown';
}
