// Do Locust and curl see the same response times of the API as our own load? Each drives it in turn, round by round, with as many
// users, on the embedded cloud. `npm run bench -w apps/iris`; needs Debian's python3-locust and curl.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { deploy, loadSettings, openTarget } from '@skyground/cloud';
import type { LoadPlan } from '@skyground/load';
import { median, pairedMedianRatio, sampleOf, sortedSample } from '@skyground/statistics';
import { irisDeclaration } from '../src/declaration.ts';
import { bareServer } from './tools/bare-server.ts';
import { curl } from './tools/curl.ts';
import { distance } from './tools/distance.ts';
import { locust } from './tools/locust.ts';
import { skyground } from './tools/skyground.ts';
import type { Measured, Tool } from './tools/tool.ts';

const rounds = 8;
const runTimeMs = 6_000;
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
  const answer = await fetch(url, { method: 'POST', body, signal });
  const bare = await bareServer(await answer.text(), signal);
  try {
    // Cold starts of the environments; discarded.
    await skyground({ plan: planFor(url, body), folder, signal });
    for (const roundTripMs of roundTripsMs) {
      const way = roundTripMs === 0 ? undefined : await distance(url, roundTripMs);
      const plans = { api: planFor(way?.url ?? url, body), bare: planFor(bare.url, body) };
      try {
        const isNear = way === undefined;
        report(
          roundTripMs,
          await inTurns(isNear ? plans : { api: plans.api }, join(folder, `${roundTripMs}`)),
        );
      } finally {
        way?.close();
      }
    }
  } finally {
    await bare.stop();
  }
  console.log(
    'Ratio: median over rounds of the ratio to ours, with its 95 % bootstrap interval over rounds.',
  );
  console.log(
    "The client's own: the same requests to a server that does nothing but answer, each time just before the API. What is left: the difference of the two medians, a rough figure, since a client that shares its processor with the API is slowed by it.",
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

/** What a tool measured in one round: of the API, and of the bare server where it was asked, too. */
interface Round {
  readonly api: Measured;
  readonly bare: Measured | null;
}

/** Every tool once a round; each begins a round once in so many. */
async function inTurns(
  plans: { readonly api: LoadPlan; readonly bare?: LoadPlan },
  files: string,
): Promise<ReadonlyMap<string, readonly Round[]>> {
  const measured = new Map(Object.keys(tools).map((name) => [name, [] as Round[]]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, tool] of rotated(Object.entries(tools), round)) {
      const run = async (kind: string, plan: LoadPlan): Promise<Measured> => {
        const own = join(files, `${round}-${name}-${kind}`);
        await mkdir(own, { recursive: true });
        return tool({ plan, folder: own, signal });
      };
      const bare = plans.bare === undefined ? null : await run('bare', plans.bare);
      measured.get(name)?.push({ bare, api: await run('api', plans.api) });
    }
  }
  return measured;
}

function report(roundTripMs: number, measured: ReadonlyMap<string, readonly Round[]>): void {
  const network = roundTripMs === 0 ? 'on the loopback' : `behind a modelled network of ${roundTripMs} ms`;
  console.log(
    `POST /predict ${network}: 10 users, ${rounds} rounds of ${runTimeMs / 1000} s for each client (load average ${loadavg()[0]?.toFixed(1)})`,
  );
  const ours = mediansOf(apiOf(measured.get('skyground') ?? []));
  const ourRests = restsOf(measured.get('skyground') ?? []);
  for (const [name, results] of measured) {
    const api = apiOf(results);
    const count = api.reduce((sum, { durationsMs }) => sum + durationsMs.length, 0);
    const failed = api.reduce((sum, result) => sum + result.failed, 0);
    const isOurs = name === 'skyground';
    console.log(
      `  ${name.padEnd(22)} ${count} requests, ${failed} failed; ${picture(isOurs ? ours : mediansOf(api), ours)}`,
    );
    const own = api.map(({ ownMedianMs }) => ownMedianMs).filter((value) => value !== null);
    if (own.length === rounds) console.log(`  ${`${name}, as it reports`.padEnd(22)} ${picture(own, ours)}`);
    const bare = results.flatMap((result) => result.bare ?? []);
    if (bare.length === 0) continue;
    console.log(`  ${"  the client's own".padEnd(22)} ${shown(mediansOf(bare))}`);
    console.log(
      `  ${'  what is left'.padEnd(22)} ${picture(isOurs ? ourRests : restsOf(results), ourRests)}`,
    );
  }
}

function apiOf(results: readonly Round[]): readonly Measured[] {
  return results.map(({ api }) => api);
}

/** Of each round the median of the API less that of the bare server: milliseconds. */
function restsOf(results: readonly Round[]): readonly number[] {
  return results.flatMap(({ api, bare }) => {
    if (bare === null) return [];
    const [whole = Number.NaN, own = Number.NaN] = mediansOf([api, bare]);
    return [whole - own];
  });
}

function shown(medians: readonly number[]): string {
  return `medians ${medians.map((ms) => ms.toFixed(1)).join(', ')} ms`;
}

function picture(medians: readonly number[], ours: readonly number[]): string {
  const result = pairedMedianRatio(
    medians.map((a, round) => ({ a, b: ours[round] ?? Number.NaN })),
    { seed: 20261121 },
  );
  if (medians === ours) return shown(medians);
  if (result.kind !== 'ratio') return `${shown(medians)}; no ratio: ${result.kind}`;
  const { ratio, low, high } = result;
  const verdict = `${Math.abs(ratio - 1) <= aim ? 'within' : 'NOT within'} ${100 * aim} %`;
  return `${shown(medians)}; ratio ${ratio.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)}): ${verdict}`;
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
