import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { z } from 'zod';
import { locustfile, readLocustStats, responseMs, serviceMs } from '../src/index.ts';
import { machine, spread } from './figures.ts';
import { evenLoad } from './load.ts';
import { startServer } from './scripted-server.ts';

/** The same load on the same server by ours and by others, which stalls once after a third: who shows it? */
export async function tools(ratePerSecond: number, seconds: number, stallMs: number): Promise<void> {
  const due = ratePerSecond * seconds;
  const stall = ['--stall-at', String(Math.floor(due / 3)), '--stall-ms', String(stallMs)];
  console.log(
    `side by side: ${ratePerSecond}/s for ${seconds} s, ${due} due; the server stalls ${stallMs} ms once (${machine()})`,
  );
  const onServer = async (run: (url: string) => Promise<string>): Promise<void> => {
    const server = await startServer(...stall);
    try {
      const said = await run(server.url);
      const { requests, tookMs } = await server.record();
      const held = tookMs.filter((ms) => ms > stallMs / 10).length;
      console.log(
        `  ${said}\n             server: ${requests} came, ${held} of them met the stall; ${spread(tookMs)}`,
      );
    } finally {
      await server.stop();
    }
  };
  await onServer(async (url) => {
    const { sent, dropped } = await evenLoad(url, ratePerSecond, seconds);
    return `skyground: sent ${sent.length}, dropped ${dropped}; response ${spread(sent.map(responseMs))}; service ${spread(sent.map(serviceMs))}`;
  });
  await onServer(async (url) => {
    const result = await autocannon({
      url,
      connections: 10,
      overallRate: ratePerSecond,
      duration: seconds,
      timeout: 30,
    });
    const { p50, p99, max } = result.latency;
    const { totalCount } = z.object({ totalCount: z.number() }).parse(result.latency);
    return `autocannon: (closed, corrected) counts ${totalCount} latencies of ${result.requests.total} requests; p50 ${p50}, p99 ${p99}, max ${max} ms`;
  });
  await onServer(async (url) => {
    const said = await output(process.env['WRK'] ?? 'wrk', [
      '-t1',
      '-c10',
      `-d${seconds}s`,
      '--latency',
      url,
    ]);
    if (said === undefined) return 'wrk:        not installed (WRK names its path)';
    const lines = said.split('\n').map((line) => line.trim().replace(/\s+/g, ' '));
    const told = lines.filter((line) => /^(Latency \d|50%|99%|\d+ requests)/.test(line));
    return `wrk:        (closed, no rate: as fast as ten connections go) ${told.join('; ')}`;
  });
  await onServer((url) => locust(url, ratePerSecond, seconds));
}

async function locust(url: string, ratePerSecond: number, seconds: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'skyground-load-bench-'));
  try {
    const file = join(folder, 'locustfile.py');
    const stage = {
      durationMs: seconds * 1000,
      startRatePerSecond: ratePerSecond,
      endRatePerSecond: ratePerSecond,
    };
    const plan = locustfile({
      name: 'bench',
      model: { kind: 'open', stages: [stage], arrivals: 'even', seed: 1, maxInFlight: 1000 },
      target: { kind: 'http', url, method: 'GET', headers: {}, body: null },
      requestTimeoutMs: 30_000,
    });
    await writeFile(file, plan);
    const prefix = join(folder, 'out');
    const said = await output('locust', ['-f', file, '--headless', '--csv', prefix]);
    if (said === undefined) return 'locust:     not installed';
    const [stats] = readLocustStats(await readFile(`${prefix}_stats.csv`, 'utf8'), 'stats');
    return `locust:     (closed) ${stats?.requests} requests; median ${stats?.medianMs}, 99 % ${stats?.percentilesMs?.[7]}, max ${stats?.maxMs} ms`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a command printed, undefined where there is no such command. */
function output(command: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += String(chunk);
    });
    child.once('error', () => resolve(undefined));
    child.once('close', () => resolve(text));
  });
}
