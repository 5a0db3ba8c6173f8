// Do Locust and curl see the same response times of the API as our own load? Each drives it in turn, round by round, with as many
// users, on the embedded cloud. `npm run bench -w apps/iris`; needs Debian's python3-locust and curl.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { deploy, loadSettings, openTarget } from '@skyground/cloud';
import type { LoadPlan } from '@skyground/load';
import { median, pairedMedianRatio, sampleOf, sortedSample } from '@skyground/statistics';
import { irisDeclaration } from '../src/declaration.ts';
import { curl } from './tools/curl.ts';
import { distance } from './tools/distance.ts';
import { locust } from './tools/locust.ts';
import { skyground } from './tools/skyground.ts';
import type { Measured, Tool } from './tools/tool.ts';

const rounds = 8;
const runTimeMs = 8_000;
/**
 * On the loopback an answer takes a few milliseconds, and a client written in Python takes as long itself. At the distance of another
 * continent's region, which is modelled, every client waits for the same network.
 */
const roundTripsMs = [0, 100];
/** Medians further apart than this would be another picture. */
const aim = 0.1;
const tools: Readonly<Record<string, Tool>> = { skyground, locust, curl };

const signal = AbortSignal.timeout(20 * 60_000);
const folder = await mkdtemp(join(tmpdir(), 'skyground-bench-'));
const settings = loadSettings({ flags: { target: 'local' }, environment: {}, directory: folder });
const target = await openTarget(
  {
    settings,
    environment: {},
    useAmbientCredentials: false,
    stateDir: join(folder, 'state'),
    signal,
  },
  () => import('@skyground/local-cloud'),
);
try {
  const { url, body } = await deployedApi();
  // Cold starts of the environments; discarded.
  await skyground({ plan: planFor(url, body), folder, signal });
  for (const roundTripMs of roundTripsMs) {
    const way = roundTripMs === 0 ? undefined : await distance(url, roundTripMs);
    try {
      report(roundTripMs, await inTurns(planFor(way?.url ?? url, body), join(folder, `${roundTripMs}`)));
    } finally {
      way?.close();
    }
  }
  console.log(
    'Ratio: median over rounds of the ratio to ours, with its 95 % bootstrap interval over rounds.',
  );
  console.log('Locust reports times below 100 ms in whole milliseconds, longer ones to two digits.');
  console.log('curl begins requests at a fixed rate; users pause after each answer.');
} finally {
  await target.close();
  await rm(folder, { recursive: true, force: true });
}

/** The classifier, deployed: where it answers, and what to ask. */
async function deployedApi(): Promise<{ readonly url: string; readonly body: string }> {
  const declaration = irisDeclaration(settings, target.clients.target);
  const { routes } = await deploy(declaration, target.clients, { signal });
  const [route] = routes;
  if (route === undefined) throw new Error('The deployed API has no route.');
  return { url: route.url, body: JSON.stringify(route.exampleBody) };
}

function planFor(url: string, body: string): LoadPlan {
  return {
    name: 'predict',
    model: {
      kind: 'closed',
      users: 10,
      spawnRatePerSecond: 5,
      // No multiple of the time between two users' starts, so that they do not ask in pairs.
      thinkTime: { kind: 'constant', thinkMs: 330 },
      runTimeMs,
      seed: 1,
    },
    target: {
      kind: 'http',
      url,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      answerIdHeader: null,
    },
    requestTimeoutMs: 30_000,
  };
}

/** Every tool once a round; each begins a round once in so many. */
async function inTurns(plan: LoadPlan, files: string): Promise<ReadonlyMap<string, readonly Measured[]>> {
  const measured = new Map(Object.keys(tools).map((name) => [name, [] as Measured[]]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, tool] of rotated(Object.entries(tools), round)) {
      const own = join(files, `${round}-${name}`);
      await mkdir(own, { recursive: true });
      measured.get(name)?.push(await tool({ plan, folder: own, signal }));
    }
  }
  return measured;
}

function report(roundTripMs: number, measured: ReadonlyMap<string, readonly Measured[]>): void {
  const network = roundTripMs === 0 ? 'on the loopback' : `behind a modelled network of ${roundTripMs} ms`;
  console.log(
    `POST /predict ${network}: 10 users, ${rounds} rounds of ${runTimeMs / 1000} s for each client (load average ${loadavg()[0]?.toFixed(1)})`,
  );
  const ours = mediansOf(measured.get('skyground') ?? []);
  for (const [name, results] of measured) {
    const count = results.reduce((sum, { durationsMs }) => sum + durationsMs.length, 0);
    const failed = results.reduce((sum, result) => sum + result.failed, 0);
    console.log(
      `  ${name.padEnd(22)} ${count} requests, ${failed} failed; ${picture(name === 'skyground' ? ours : mediansOf(results), ours)}`,
    );
    const own = results.map(({ ownMedianMs }) => ownMedianMs).filter((value) => value !== null);
    if (own.length === rounds) console.log(`  ${`${name}, as it reports`.padEnd(22)} ${picture(own, ours)}`);
  }
}

function picture(medians: readonly number[], ours: readonly number[]): string {
  const result = pairedMedianRatio(
    medians.map((a, round) => ({ a, b: ours[round] ?? Number.NaN })),
    { seed: 20261121 },
  );
  const shown = `medians ${medians.map((ms) => ms.toFixed(1)).join(', ')} ms`;
  if (medians === ours) return shown;
  if (result.kind !== 'ratio') return `${shown}; no ratio: ${result.kind}`;
  const { ratio, low, high } = result;
  const verdict = `${Math.abs(ratio - 1) <= aim ? 'within' : 'NOT within'} ${100 * aim} %`;
  return `${shown}; ratio ${ratio.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)}): ${verdict}`;
}

function mediansOf(results: readonly Measured[]): readonly number[] {
  return results.map(({ durationsMs }) => {
    const sample = sampleOf(durationsMs);
    if (sample === undefined) throw new Error('nothing was measured');
    return median(sortedSample(sample));
  });
}

/** Each begins a round once in so many. */
function rotated<T>(values: readonly T[], by: number): readonly T[] {
  const shift = by % values.length;
  return [...values.slice(shift), ...values.slice(0, shift)];
}
