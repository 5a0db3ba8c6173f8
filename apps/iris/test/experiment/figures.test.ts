import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { burstArms, idleArms, strategyArm } from '../../src/experiment/blocks.ts';
import { breakdownsOf, coldPartsOf, partNames } from '../../src/experiment/figures/breakdown.ts';
import { loadCourseOf, wholeLoadOf } from '../../src/experiment/figures/load-course.ts';
import { Prices } from '../../src/experiment/figures/prices.ts';
import { savingsOf } from '../../src/experiment/figures/savings.ts';
import { startsOf } from '../../src/experiment/figures/starts.ts';
import { usersOf } from '../../src/experiment/figures/users.ts';
import { parametersSchema } from '../../src/experiment/parameters.ts';
import { strategies } from '../../src/experiment/strategies.ts';
import { usageOf } from '../../src/experiment/usage.ts';
import { row } from './rows.ts';

const parameters = parametersSchema.parse({});

function strategy(id: string) {
  const found = strategies.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no strategy ${id}`);
  return found;
}

const cold = {
  start: 'cold',
  responseMs: 150,
  initMs: 100,
  durationMs: 12,
  nodeReadyMs: 40,
  codeLoadedMs: 70,
  initialisedMs: 75,
} as const;

describe('parts of a cold start', () => {
  it('are those of its REPORT line and of what the handler logged', () => {
    expect(coldPartsOf(row(cold))).toEqual({
      'start process': 65,
      'load code': 30,
      init: 5,
      'first call': 12,
      'gateway, dispatch, network': 38,
    });
  });

  it('add up to the response time, whatever was measured', () => {
    const ms = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(ms, ms, ms, ms, ms, ms, (responseMs, initMs, durationMs, nodeReadyMs, load, init) => {
        const codeLoadedMs = nodeReadyMs + load;
        const initialisedMs = codeLoadedMs + init;
        const parts = coldPartsOf(
          row({ start: 'cold', responseMs, initMs, durationMs, nodeReadyMs, codeLoadedMs, initialisedMs }),
        );
        const sum = partNames.reduce((total, name) => total + (parts?.[name] ?? Number.NaN), 0);
        expect(sum).toBeCloseTo(responseMs, 4);
      }),
    );
  });

  it('are not told of a warm request, nor where the handler logged nothing', () => {
    expect(coldPartsOf(row({ ...cold, start: 'warm' }))).toBeNull();
    expect(coldPartsOf(row({ ...cold, nodeReadyMs: null }))).toBeNull();
  });

  it('stand beside what a warm call takes', () => {
    const base = strategy('base');
    const samples = [1, 2, 3, 4, 5, 6].flatMap((number) => [
      row({ ...cold, arm: strategyArm(base, 'first'), unit: `call#${number}` }),
      row({ arm: strategyArm(base, 'warm'), unit: `call#${number}`, durationMs: number }),
    ]);
    expect(breakdownsOf(samples)).toMatchObject([
      { name: 'base', n: 6, warmCall: { kind: 'interval', estimate: 3.5 } },
    ]);
  });
});

describe('the load', () => {
  /** One request every 100 ms; the first two cold. */
  const load = Array.from({ length: 40 }, (_, index) =>
    row({
      unit: `load b#${index + 1}`,
      parts: 40,
      startedAtMs: 1_000 + 100 * index,
      endedAtMs: 1_000 + 100 * index + (index < 2 ? 300 : 10),
      responseMs: index < 2 ? 300 : 10,
      start: index < 2 ? 'cold' : 'warm',
      users: Math.min(10, index + 1),
    }),
  );

  it('is told from one that a kill cut', () => {
    const cut = load.slice(0, 5).map((one) => ({ ...one, unit: one.unit.replace('load b', 'load a') }));
    expect(wholeLoadOf([...cut, ...load])).toEqual(load);
    expect(wholeLoadOf(cut)).toEqual([]);
  });

  it('tells how many started cold before all users had begun, and how many of the slowest twentieth were cold', () => {
    expect(loadCourseOf(load, { users: 10, thinkMs: 1000 })).toMatchObject({
      requests: 40,
      cold: 2,
      failed: 0,
      coldInRampUp: 2,
      slowest: 2,
      coldAmongSlowest: 2,
      spanS: 3.91,
    });
  });

  it('has its users as steps', () => {
    expect(usersOf(load)).toHaveLength(10);
    expect(usersOf(load).at(-1)).toEqual({ atMs: 1_900, users: 10 });
  });

  it('is compared by what the REPORT lines say', () => {
    const { load: compared } = startsOf([...load, row({ start: 'unknown' })]);
    expect(compared).toMatchObject({
      cold: { n: 2 },
      warm: { n: 38, median: { estimate: 10 } },
      unknown: 1,
      ratio: { kind: 'too few', ratio: 30 },
    });
  });
});

describe('bursts', () => {
  const wave = (arm: string, start: 'cold' | 'warm', responseMs: number, of: number) =>
    Array.from({ length: of }, (_, index) =>
      row({ phase: 'burst', arm, unit: `request ${index} ${start}#1`, start, responseMs }),
    );
  const waves = [
    ...wave(burstArms.first, 'cold', 500, 7),
    ...wave(burstArms.first, 'warm', 450, 3),
    ...wave(burstArms.again, 'warm', 100, 9),
    ...wave(burstArms.again, 'cold', 300, 1),
  ];

  it('compare the cold ones of the first wave with the warm ones of the second', () => {
    expect(startsOf(waves).bursts).toMatchObject({
      cold: { n: 7, median: { estimate: 500 } },
      warm: { n: 9, median: { estimate: 100 } },
      ratio: { kind: 'too few', ratio: expect.closeTo(5) },
    });
  });

  it('are paired by burst: a machine that is busier in one is so on both sides of it', () => {
    const busy = [1, 2, 3, 4, 5, 6].flatMap((number) => [
      row({
        phase: 'burst',
        arm: burstArms.first,
        unit: `a#${number}`,
        start: 'cold',
        responseMs: 500 * number,
      }),
      row({
        phase: 'burst',
        arm: burstArms.again,
        unit: `a#${number}`,
        start: 'warm',
        responseMs: 100 * number,
      }),
    ]);
    expect(startsOf(busy).bursts.ratio).toMatchObject({
      kind: 'ratio',
      ratio: expect.closeTo(5),
      low: expect.closeTo(5),
      high: expect.closeTo(5),
    });
  });

  it('say how many are on neither side', () => {
    expect(startsOf(waves).waves).toMatchObject({
      first: { requests: 10, cold: 7 },
      lateWarm: { n: 3, median: { estimate: 450 } },
      again: { requests: 10, cold: 1 },
    });
  });
});

describe('savings', () => {
  const first = (id: string, times: readonly number[]) =>
    times.map((responseMs, index) =>
      row({ arm: strategyArm(strategy(id), 'first'), unit: `call#${index + 1}`, responseMs, start: 'cold' }),
    );
  const warm = (id: string, billedMs: number) =>
    [1, 2, 3, 4, 5, 6].map((number) =>
      row({
        arm: strategyArm(strategy(id), 'warm'),
        unit: `call#${number}`,
        billedMs,
        declaredMemoryMb: strategy(id).memoryMb,
      }),
    );
  const base = [100, 110, 120, 130, 140, 150];

  it('are paired by round: half the time in each is half, however the rounds differ', () => {
    const samples = [
      ...first('base', base),
      ...first(
        'compile-cache',
        base.map((ms) => ms / 2),
      ),
      ...warm('base', 2),
      ...warm('compile-cache', 2),
    ];
    const saving = savingsOf(samples, parameters).find(({ name }) => name === 'compile cache');
    expect(saving?.ratio).toMatchObject({
      kind: 'ratio',
      low: expect.closeTo(0.5),
      high: expect.closeTo(0.5),
    });
    expect(saving?.savedMs.estimate).toBe(62.5);
    expect(saving?.verdict).toBe('yes: saves, and no higher cost is shown');
  });

  it('of more memory cost in proportion, where the time is the same', () => {
    const samples = [
      ...first('base', base),
      ...first(
        'memory-1024',
        base.map((ms) => ms * 0.9),
      ),
      ...warm('base', 100),
      ...warm('memory-1024', 100),
    ];
    const saving = savingsOf(samples, parameters).find(({ name }) => name === '1024 MB');
    // 100 ms of half a GB, and of a whole one, at $0.0000166667 a GB-second; $0.20 for the requests.
    expect(saving?.againstCosts.perMillionUsd?.estimate).toBeCloseTo(0.2 + 0.8333, 3);
    expect(saving?.costs.perMillionUsd?.estimate).toBeCloseTo(0.2 + 1.6667, 3);
    expect(saving?.verdict).toBe('saves, for $0.83 more a million requests');
  });

  it('cost what was billed, with its interval: the price of its lowest and its highest mean', () => {
    const billed = [100, 120, 140, 160, 180, 200];
    const samples = [
      ...first('base', base),
      ...first('sdk', base),
      ...billed.map((billedMs, index) =>
        row({ arm: strategyArm(strategy('base'), 'warm'), unit: `call#${index}`, billedMs }),
      ),
    ];
    const cost = savingsOf(samples, parameters).find(({ name }) => name.startsWith('SDK'))?.costs
      .perMillionUsd;
    const usdOf = (ms: number) => 0.2 + ms * 1000 * 0.5 * 0.0000166667;
    expect(cost).toMatchObject({ kind: 'interval', estimate: expect.closeTo(usdOf(150), 6) });
    if (cost?.kind !== 'interval') return expect.unreachable('no interval');
    expect(cost.low).toBeGreaterThan(usdOf(100));
    expect(cost.low).toBeLessThan(cost.estimate);
    expect(cost.high).toBeGreaterThan(cost.estimate);
    expect(cost.high).toBeLessThan(usdOf(200));
  });

  it('are not claimed where the interval holds 1', () => {
    const samples = [...first('base', base), ...first('memory-128', base.toReversed())];
    expect(savingsOf(samples, parameters).find(({ name }) => name === '128 MB')?.verdict).toBe(
      'no saving shown',
    );
  });

  it('of pings cost a month of pings', () => {
    const idle = (arm: string, responseMs: number, start: 'cold' | 'warm') =>
      [1, 2, 3, 4, 5, 6].map((number) =>
        row({ phase: 'idle', arm, unit: `function#${number}`, responseMs: responseMs + number, start }),
      );
    const samples = [
      ...idle(idleArms.idle, 200, 'cold'),
      ...idle(idleArms.again, 5, 'warm'),
      ...idle(idleArms.pinged, 8, 'warm'),
    ];
    const saving = savingsOf(samples, parameters).find(({ name }) => name === 'pinged every 60 s');
    // 43,800 pings of 2 ms at half a GB.
    expect(saving?.costs.perMonthUsd?.estimate).toBeCloseTo(43_800 * (0.2e-6 + 0.001 * 0.0000166667), 6);
    expect(saving?.cold).toBe(0);
    expect(saving?.verdict).toMatch(/^saves, for a fixed price, so if a cold start costs you more than \$/);
  });
});

it('an environment provisioned for a month costs its price by the hour', () => {
  const { perMonthUsd } = new Prices('us-east-1').provisioned({
    architecture: 'x86_64',
    memoryMb: 512,
    billedMs: [2, 2, 2, 2, 2, 2],
  });
  // $0.0000041667 a GB-second, as AWS lists it.
  expect(perMonthUsd?.estimate).toBeCloseTo(730 * 3600 * 0.5 * 0.0000041667, 2);
});

it('what was provisioned is billed apart, one stretch a round; requests through the API by the gateway', () => {
  const provisioned = strategy('provisioned');
  const samples = [
    row(),
    row({ route: 'invoke', arm: strategyArm(provisioned, 'first'), unit: 'call#2', provisionedMs: 60_000 }),
    ...[4, 5, 6].map((number) =>
      row({ route: 'invoke', arm: strategyArm(provisioned, 'warm'), unit: `call#${number}` }),
    ),
  ];
  expect(usageOf(samples, parameters)).toMatchObject({
    lambda: [{ memoryMb: 512, requests: 1, billedMs: 2 }],
    lambdaProvisioned: [{ concurrency: 1, enabledMs: 60_000, requests: 4, billedMs: 8 }],
    apiGateway: { restRequests: 1 },
    logs: { ingestedBytes: 2_000 },
  });
});
