import { bill, type PriceTable, pricesOf, type Usage } from '@skyground/cost';
import { bootstrapInterval, type IntervalResult } from '@skyground/statistics';
import { seed } from './spread.ts';

/** As AWS counts a month in its examples: 730 hours. */
const monthMs = 730 * 3_600_000;
const million = 1_000_000;

/**
 * What a strategy costs, modelled from list prices without free tier; null where something has no price there. Intervals are those of
 * the mean billed time: a price itself has none.
 */
export interface Costs {
  /** Of a million such requests: the requests themselves and their billed time. */
  readonly perMillionUsd: IntervalResult | null;
  /** Of one environment that is kept for a month, asked or not. */
  readonly perMonthUsd: IntervalResult | null;
}

export interface Asked {
  readonly architecture: 'x86_64' | 'arm64';
  readonly memoryMb: number;
  /** Of each invocation. */
  readonly billedMs: readonly number[];
}

export class Prices {
  readonly readOn: string | null;
  readonly region: string;
  readonly #table: PriceTable | null;

  constructor(region: string) {
    const prices = pricesOf(region);
    this.region = region;
    this.#table = prices.kind === 'no prices' ? null : prices.table;
    this.readOn = this.#usd({ lambda: [] })?.readOn ?? null;
  }

  onDemand(asked: Asked): Costs {
    const { architecture, memoryMb } = asked;
    return {
      perMillionUsd: this.#priced(asked, (meanMs) => ({
        lambda: [{ architecture, memoryMb, requests: million, billedMs: million * meanMs }],
      })),
      perMonthUsd: this.#priced(asked, () => ({ lambda: [] })),
    };
  }

  /** One environment kept ready by AWS. */
  provisioned(asked: Asked): Costs {
    const { architecture, memoryMb } = asked;
    const one = { architecture, memoryMb, concurrency: 1 };
    const kept = { ...one, requests: 0, billedMs: 0, enabledMs: monthMs };
    return {
      perMillionUsd: this.#priced(asked, (meanMs) => ({
        lambdaProvisioned: [{ ...one, requests: million, billedMs: million * meanMs, enabledMs: 0 }],
      })),
      perMonthUsd: this.#priced(asked, () => ({ lambdaProvisioned: [kept] })),
    };
  }

  /** One environment kept by asking it every so often. */
  pinged(asked: Asked, pingS: number): Costs {
    const requests = monthMs / (pingS * 1000);
    const { architecture, memoryMb } = asked;
    return {
      perMillionUsd: this.onDemand(asked).perMillionUsd,
      perMonthUsd: this.#priced(asked, (meanMs) => ({
        lambda: [{ architecture, memoryMb, requests, billedMs: requests * meanMs }],
      })),
    };
  }

  /** The bill of the mean billed time, and of both ends of its interval: no bill falls where the time rises. */
  #priced({ billedMs }: Asked, usageAt: (meanMs: number) => Usage): IntervalResult | null {
    const mean = bootstrapInterval(billedMs, 'mean', { seed });
    const usdAt = (ms: number) => this.#usd(usageAt(ms))?.usd ?? null;
    const estimate = mean.estimate === null ? null : usdAt(mean.estimate);
    if (estimate === null) return null;
    if (mean.kind !== 'interval') return { ...mean, estimate };
    const [low, high] = [usdAt(mean.low), usdAt(mean.high)];
    return low === null || high === null ? null : { ...mean, estimate, low, high };
  }

  #usd(usage: Usage): { readonly usd: number; readonly readOn: string } | null {
    if (this.#table === null) return null;
    const priced = bill(usage, this.#table, { volume: { kind: 'run' }, freeTier: false });
    return priced.kind === 'bill' ? { usd: priced.totalUsd, readOn: priced.pricesReadOn } : null;
  }
}

/** The most cold starts that keeping one environment avoids in a month: one after each time that it would have been lost in. */
export function mostAvoidedStarts(idleS: number): number {
  return monthMs / (idleS * 1000);
}
