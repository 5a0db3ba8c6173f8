import {
  bootstrapInterval,
  type IntervalResult,
  medianRatio,
  pairByKey,
  pairedMedianRatio,
  type RatioResult,
} from '@skyground/statistics';
import { idleArms, strategyArm } from '../blocks.ts';
import { idleFunctions, type Parameters } from '../parameters.ts';
import type { Sample } from '../sample.ts';
import { type Strategy, strategies } from '../strategies.ts';
import { pingedName } from './first-calls.ts';
import { type Asked, type Costs, mostAvoidedStarts, Prices } from './prices.ts';
import { type Spread, seed, spreadOf } from './spread.ts';

/** What one strategy saves of a first call, and what it costs, beside that which it is judged against. */
export interface Saving {
  readonly name: string;
  readonly against: string;
  readonly memoryMb: number;
  readonly bundleBytes: number;
  readonly againstBundleBytes: number;
  readonly first: Spread;
  readonly warm: Spread;
  /** First calls in which an environment started all the same. */
  readonly cold: number;
  /** First call over that of the other, paired by round: 0.8 saves a fifth. */
  readonly ratio: RatioResult;
  /** The other's first call minus its own, round by round: milliseconds. */
  readonly savedMs: IntervalResult;
  /** Warm calls over the other's. */
  readonly warmRatio: RatioResult;
  /** Of warm requests, and by the month. */
  readonly costs: Costs;
  readonly againstCosts: Costs;
  /** USD of a million first calls: what is billed of a cold start has its init in it. */
  readonly firstCallsUsd: IntervalResult | null;
  readonly againstFirstCallsUsd: IntervalResult | null;
  /** USD for each cold start that it avoids, if as many are as can be; null where nothing is paid by the month. */
  readonly perAvoidedStartUsd: number | null;
  readonly verdict: string;
}

type Priced = (asked: Asked) => Costs;

/** Rows of one strategy. */
interface Side {
  readonly name: string;
  /** What others are judged against it by. */
  readonly title: string;
  readonly memoryMb: number;
  readonly first: readonly Sample[];
  readonly warm: readonly Sample[];
  readonly costs: Costs;
  readonly firstCallsUsd: IntervalResult | null;
}

export function savingsOf(samples: readonly Sample[], parameters: Parameters): readonly Saving[] {
  const byArm = Map.groupBy(samples, ({ arm }) => arm);
  const prices = new Prices(samples[0]?.priceRegion ?? '');
  const rows = (arm: string) => byArm.get(arm) ?? [];
  const sideOf = (strategy: Strategy): Side => {
    const warm = rows(strategyArm(strategy, 'warm'));
    const first = rows(strategyArm(strategy, 'first'));
    const priced: Priced = (asked) =>
      strategy.provisioned ? prices.provisioned(asked) : prices.onDemand(asked);
    return {
      name: strategy.change ?? strategy.title,
      title: strategy.title,
      memoryMb: strategy.memoryMb,
      first,
      warm,
      costs: costsOf(warm, priced),
      firstCallsUsd: costsOf(first, priced).perMillionUsd,
    };
  };
  const sides = new Map(strategies.map((strategy) => [strategy.id, sideOf(strategy)]));
  const judged = strategies.flatMap(({ id, against }) => {
    const own = sides.get(id);
    const other = against === null ? undefined : sides.get(against);
    return own === undefined || other === undefined ? [] : [savingOf(own, other, parameters)];
  });
  const keptWarm = keptWarmOf(rows, prices, parameters);
  return [...judged, ...keptWarm].filter(({ first }) => first.n > 0);
}

/** Pings keep an environment: their function's call beside that of one that was left alone. */
function keptWarmOf(
  rows: (arm: string) => readonly Sample[],
  prices: Prices,
  parameters: Parameters,
): readonly Saving[] {
  const again = rows(idleArms.again);
  const first = rows(idleArms.idle);
  const pingedFirst = rows(idleArms.pinged);
  const onDemand: Priced = (asked) => prices.onDemand(asked);
  const memoryMb = again[0]?.declaredMemoryMb ?? 0;
  const alone: Side = {
    name: 'left alone',
    title: 'left alone',
    memoryMb,
    first,
    warm: again,
    costs: costsOf(again, onDemand),
    firstCallsUsd: costsOf(first, onDemand).perMillionUsd,
  };
  const pinged: Side = {
    ...alone,
    name: pingedName(parameters.pingS),
    first: pingedFirst,
    costs: costsOf(again, (asked) => prices.pinged(asked, parameters.pingS)),
    firstCallsUsd: costsOf(pingedFirst, onDemand).perMillionUsd,
  };
  return alone.first.length < idleFunctions ? [] : [savingOf(pinged, alone, parameters)];
}

function costsOf(rows: readonly Sample[], priced: Priced): Costs {
  const billedMs = rows.flatMap((row) => row.billedMs ?? []);
  const [one] = rows;
  return one === undefined
    ? { perMillionUsd: null, perMonthUsd: null }
    : priced({ architecture: one.architecture, memoryMb: one.declaredMemoryMb, billedMs });
}

function savingOf(own: Side, other: Side, { idleS }: Parameters): Saving {
  const { pairs } = pairByKey(keyed(own.first), keyed(other.first));
  const ratio = pairedMedianRatio(pairs, { seed });
  const perMonthUsd = own.costs.perMonthUsd?.estimate ?? null;
  const saving = {
    name: own.name,
    against: other.title,
    memoryMb: own.memoryMb,
    bundleBytes: own.first[0]?.bundleBytes ?? 0,
    againstBundleBytes: other.first[0]?.bundleBytes ?? 0,
    first: spreadOf(timesOf(own.first)),
    warm: spreadOf(timesOf(own.warm)),
    cold: own.first.filter(({ start }) => start === 'cold').length,
    ratio,
    savedMs: bootstrapInterval(
      pairs.map(({ a, b }) => b - a),
      'median',
      { seed },
    ),
    warmRatio: medianRatio(timesOf(own.warm), timesOf(other.warm), { seed }),
    costs: own.costs,
    againstCosts: other.costs,
    firstCallsUsd: own.firstCallsUsd,
    againstFirstCallsUsd: other.firstCallsUsd,
    perAvoidedStartUsd:
      perMonthUsd === null || perMonthUsd === 0 || idleS === 0
        ? null
        : perMonthUsd / mostAvoidedStarts(idleS),
  };
  return { ...saving, verdict: verdictOf(saving) };
}

/** Whether it is worth it, as far as figures can say. */
function verdictOf({ ratio, costs, againstCosts, perAvoidedStartUsd }: Omit<Saving, 'verdict'>): string {
  if (ratio.kind !== 'ratio') return 'cannot tell: too few';
  if (ratio.low > 1) return 'no: first calls are slower';
  if (ratio.high >= 1) return 'no saving shown';
  const [own, other, fixed] = [costs.perMillionUsd, againstCosts.perMillionUsd, costs.perMonthUsd];
  if (own === null || other === null || fixed === null) return 'saves; not priced';
  if ((fixed.estimate ?? 0) > 0) {
    const each =
      perAvoidedStartUsd === null
        ? ''
        : `, so if a cold start costs you more than $${perAvoidedStartUsd.toPrecision(2)}`;
    return `saves, for a fixed price${each}`;
  }
  if (own.kind !== 'interval' || other.kind !== 'interval') return 'saves; too few to compare costs';
  return own.low <= other.high
    ? 'yes: saves, and no higher cost is shown'
    : `saves, for $${(own.estimate - other.estimate).toFixed(2)} more a million requests`;
}

function keyed(rows: readonly Sample[]) {
  return rows.flatMap(({ unit, responseMs }) =>
    responseMs === null ? [] : [{ key: unit, value: responseMs }],
  );
}

function timesOf(rows: readonly Sample[]): readonly number[] {
  return rows.flatMap(({ responseMs }) => responseMs ?? []);
}
