import { bill, pricesOf } from '@skyground/cost';
import { type Mode, modes } from '../modes.ts';
import type { Sample } from '../sample.ts';
import { usageOf } from '../usage.ts';

/** What a million runs of one mode would cost by list prices, without free tier: modelled from what its warm runs used. */
export interface ModeCost {
  readonly mode: Mode;
  /** null where something has no price in the region. */
  readonly perMillionUsd: {
    readonly total: number;
    readonly byService: readonly { readonly service: string; readonly usd: number }[];
  } | null;
  readonly pricesReadOn: string | null;
  /** What of Lambda's part is billed while the Publisher waits. */
  readonly waitShare: number | null;
}

const million = 1_000_000;

/** Of warm runs, scenario by scenario as often as each was run. */
export function modeCosts(compared: readonly Sample[]): readonly ModeCost[] {
  const warm = compared.filter(({ intendedStart }) => intendedStart === 'warm');
  const byMode = Map.groupBy(warm, ({ mode }) => mode);
  return modes.flatMap((mode) => {
    const own = byMode.get(mode);
    return own === undefined ? [] : [costOf(mode, own)];
  });
}

function costOf(mode: Mode, samples: readonly Sample[]): ModeCost {
  const region = samples[0]?.priceRegion ?? '';
  const prices = pricesOf(region);
  const priced =
    prices.kind === 'no prices'
      ? undefined
      : bill(usageOf(samples), prices.table, {
          volume: { kind: 'monthly', imagesInRun: samples.length, imagesPerMonth: million },
          freeTier: false,
        });
  const lambda = usageOf(samples).lambda ?? [];
  const gbMs = lambda.reduce((sum, { billedMs, memoryMb }) => sum + billedMs * memoryMb, 0);
  const publisherMb = lambda.at(-1)?.memoryMb ?? 0;
  const waitMs = samples.reduce((sum, { billedWaitMs }) => sum + (billedWaitMs ?? 0), 0);
  return {
    mode,
    perMillionUsd:
      priced?.kind === 'bill'
        ? {
            total: priced.totalUsd,
            byService: priced.services.map(({ service, amountUsd }) => ({ service, usd: amountUsd })),
          }
        : null,
    pricesReadOn: priced?.pricesReadOn ?? null,
    waitShare: gbMs === 0 ? null : (waitMs * publisherMb) / gbMs,
  };
}
