import type { LambdaUsage, Usage } from '@skyground/cost';
import { blocksOf, strategyArm } from './blocks.ts';
import { idleFunctions, type Parameters } from './parameters.ts';
import type { Sample } from './sample.ts';
import { baseMemoryMb, strategies } from './strategies.ts';

const provisionedArms: ReadonlySet<string> = new Set(
  strategies
    .filter(({ provisioned }) => provisioned)
    .flatMap((strategy) => [strategyArm(strategy, 'first'), strategyArm(strategy, 'warm')]),
);

/** What rows used, warm-up included: requests, billed time and memory of the REPORT lines, log bytes, requests through the API. */
export function usageOf(samples: readonly Sample[], { warmCalls }: Parameters): Usage {
  const served = samples.filter(({ requestId }) => requestId !== null);
  return {
    lambda: lambdaOf(served.filter(({ arm }) => !provisionedArms.has(arm))),
    lambdaProvisioned: provisionedOf(
      served.filter(({ arm }) => provisionedArms.has(arm)),
      warmCalls,
    ),
    apiGateway: { restRequests: samples.filter(({ route }) => route === 'api').length },
    logs: { ingestedBytes: sum(served, ({ logBytes }) => logBytes ?? 0) },
    transfer: { outBytes: sum(served, ({ receivedBytes }) => receivedBytes) },
  };
}

function lambdaOf(rows: readonly Sample[]): readonly LambdaUsage[] {
  const bySize = Map.groupBy(rows, (row) => `${row.architecture} ${row.declaredMemoryMb}`);
  return [...bySize.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const billedMs = sum(group, (row) => row.billedMs ?? 0);
    return [
      {
        architecture: first.architecture,
        memoryMb: first.declaredMemoryMb,
        requests: group.length,
        billedMs,
      },
    ];
  });
}

/** Each version is a stretch of its own: its round's first call, and the warm ones after it. */
function provisionedOf(rows: readonly Sample[], warmCalls: number): NonNullable<Usage['lambdaProvisioned']> {
  const byRound = Map.groupBy(rows, ({ arm, unit }) => {
    const number = Number(unit.replace(/^.*#/, ''));
    return arm.endsWith('first call') ? number : Math.ceil(number / warmCalls);
  });
  return [...byRound.values()].flatMap((group) => {
    const first = group.find(({ provisionedMs }) => provisionedMs !== null);
    if (first === undefined) return [];
    return [
      {
        architecture: first.architecture,
        memoryMb: first.declaredMemoryMb,
        concurrency: 1,
        enabledMs: first.provisionedMs ?? 0,
        requests: group.length,
        billedMs: sum(group, (row) => row.billedMs ?? 0),
      },
    ];
  });
}

/** Guesses for the plan: nobody has measured anything yet. */
const assumed = { warmMs: 5, coldMs: 250, answerMs: 20, logBytes: 700, answerBytes: 300, stretchMs: 300_000 };
const estimated = { sessionMs: 30_000, loadRestMs: 3000, burstMs: 3000, strategyMs: 450, idleRestMs: 5000 };

export function loadRequests({ users, runTimeS, thinkMs }: Parameters): number {
  return Math.ceil((users * runTimeS * 1000) / (thinkMs + assumed.answerMs));
}

export function estimatedUsage(parameters: Parameters, architecture: 'x86_64' | 'arm64'): Usage {
  const { burst, bursts, idleS, pingS } = parameters;
  const apiRequests = 1 + loadRequests(parameters) + 3 * burst * bursts;
  const pings = idleS === 0 ? 0 : idleFunctions * (3 + 2 + Math.floor(idleS / pingS));
  const calls = blocksOf(parameters).flatMap(({ kind, units }) => (kind === 'round' ? units : []));
  const ofProvisioned = calls.filter(({ arm }) => provisionedArms.has(arm)).length;
  const cold = parameters.users + burst * bursts + 3 * idleFunctions;
  const plain = apiRequests + pings;
  const perMemory = strategies
    .filter(({ provisioned }) => !provisioned)
    .map((strategy) => {
      const first = calls.filter(({ arm }) => arm === strategyArm(strategy, 'first')).length;
      const warm = calls.filter(({ arm }) => arm === strategyArm(strategy, 'warm')).length;
      const billedMs = first * assumed.coldMs + warm * assumed.warmMs;
      return { architecture, memoryMb: strategy.memoryMb, requests: first + warm, billedMs };
    });
  const { rounds } = parameters;
  return {
    lambda: [
      {
        architecture,
        memoryMb: baseMemoryMb,
        requests: plain,
        billedMs: plain * assumed.warmMs + cold * assumed.coldMs,
      },
      ...perMemory.filter(({ requests }) => requests > 0),
    ],
    lambdaProvisioned: Array.from({ length: ofProvisioned === 0 ? 0 : rounds }, () => ({
      architecture,
      memoryMb: baseMemoryMb,
      concurrency: 1,
      enabledMs: assumed.stretchMs,
      requests: ofProvisioned / rounds,
      billedMs: (ofProvisioned / rounds) * assumed.warmMs,
    })),
    apiGateway: { restRequests: apiRequests },
    logs: { ingestedBytes: (plain + calls.length) * assumed.logBytes },
    transfer: { outBytes: (plain + calls.length) * assumed.answerBytes },
  };
}

/** Seconds that nobody has measured yet: said to be an estimate wherever they are shown. */
export function estimatedDurationMs(parameters: Parameters): number {
  const { runTimeS, bursts, rounds, idleS } = parameters;
  const strategiesPerRound =
    blocksOf(parameters).find((block) => block.kind === 'round')?.strategies.length ?? 0;
  const busyMs =
    runTimeS * 1000 +
    estimated.loadRestMs +
    bursts * estimated.burstMs +
    rounds * strategiesPerRound * estimated.strategyMs;
  return estimated.sessionMs + Math.max(busyMs, idleS * 1000) + (idleS === 0 ? 0 : estimated.idleRestMs);
}

function sum<Item>(items: readonly Item[], amountOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + amountOf(item), 0);
}
