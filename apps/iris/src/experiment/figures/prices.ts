import { bill, type PriceTable, pricesOf, type Usage } from '@skyground/cost';

/** As AWS counts a month in its examples: 730 hours. */
const monthMs = 730 * 3_600_000;
const million = 1_000_000;

/** What a strategy costs, modelled from list prices without free tier; null where something has no price there. */
export interface Costs {
  /** Of a million warm requests: the requests themselves and their billed time. */
  readonly perMillionUsd: number | null;
  /** Of one environment that is kept for a month, asked or not. */
  readonly perMonthUsd: number | null;
}

interface Asked {
  readonly architecture: 'x86_64' | 'arm64';
  readonly memoryMb: number;
  /** Mean of warm invocations. */
  readonly billedMs: number;
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

  onDemand({ architecture, memoryMb, billedMs }: Asked): Costs {
    const lambda = [{ architecture, memoryMb, requests: million, billedMs: million * billedMs }];
    return { perMillionUsd: this.#usd({ lambda })?.usd ?? null, perMonthUsd: 0 };
  }

  /** One environment kept ready by AWS. */
  provisioned({ architecture, memoryMb, billedMs }: Asked): Costs {
    const one = { architecture, memoryMb, concurrency: 1 };
    const asked = { ...one, requests: million, billedMs: million * billedMs, enabledMs: 0 };
    const kept = { ...one, requests: 0, billedMs: 0, enabledMs: monthMs };
    return {
      perMillionUsd: this.#usd({ lambdaProvisioned: [asked] })?.usd ?? null,
      perMonthUsd: this.#usd({ lambdaProvisioned: [kept] })?.usd ?? null,
    };
  }

  /** One environment kept by asking it every so often. */
  pinged(asked: Asked, pingS: number): Costs {
    const requests = monthMs / (pingS * 1000);
    const { architecture, memoryMb, billedMs } = asked;
    const pings = { architecture, memoryMb, requests, billedMs: requests * billedMs };
    return {
      perMillionUsd: this.onDemand(asked).perMillionUsd,
      perMonthUsd: this.#usd({ lambda: [pings] })?.usd ?? null,
    };
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
