import type { IntervalResult } from '@skyground/statistics';
import { bootstrapInterval } from '@skyground/statistics';
import { burstArms, idleArms, strategyArm } from '../blocks.ts';
import type { Sample } from '../sample.ts';
import { strategies } from '../strategies.ts';
import { seed } from './spread.ts';

/** In the order in which they pass. */
export const partNames = [
  'start process',
  'load code',
  'init',
  'first call',
  'gateway, dispatch, network',
] as const;

export type PartName = (typeof partNames)[number];
export type ColdParts = Readonly<Record<PartName, number>>;

export interface Breakdown {
  readonly name: string;
  readonly n: number;
  /** Medians of each part by itself: their sum need not be the median of the whole. */
  readonly parts: readonly { readonly name: PartName; readonly median: IntervalResult }[];
  /** What a warm invocation takes by its REPORT line, to set beside the first call. */
  readonly warmCall: IntervalResult;
}

/**
 * What one cold request consists of, in milliseconds; null where it was not cold or its log lacks something. The runtime tells the
 * whole init, the handler what it did of it: what is left before Node was ready is the start of the process.
 */
export function coldPartsOf(sample: Sample): ColdParts | null {
  const { start, responseMs, initMs, durationMs, nodeReadyMs, codeLoadedMs, initialisedMs } = sample;
  if (
    start !== 'cold' ||
    responseMs === null ||
    initMs === null ||
    durationMs === null ||
    nodeReadyMs === null ||
    codeLoadedMs === null ||
    initialisedMs === null
  )
    return null;
  return {
    'start process': initMs - (initialisedMs - nodeReadyMs),
    'load code': codeLoadedMs - nodeReadyMs,
    init: initialisedMs - codeLoadedMs,
    'first call': durationMs,
    'gateway, dispatch, network': responseMs - initMs - durationMs,
  };
}

/** One for each strategy that starts cold, the functions that were left alone, and the bursts. */
export function breakdownsOf(samples: readonly Sample[]): readonly Breakdown[] {
  const kinds = [
    ...strategies
      .filter(({ provisioned }) => !provisioned)
      .map((strategy) => ({
        name: strategy.title,
        cold: strategyArm(strategy, 'first'),
        warm: strategyArm(strategy, 'warm'),
      })),
    { name: 'left alone', cold: idleArms.idle, warm: idleArms.again },
    { name: 'burst', cold: burstArms.first, warm: burstArms.again },
  ];
  const byArm = Map.groupBy(samples, ({ arm }) => arm);
  return kinds.flatMap(({ name, cold, warm }) => {
    const all = (byArm.get(cold) ?? []).flatMap((sample) => coldPartsOf(sample) ?? []);
    if (all.length === 0) return [];
    const calls = (byArm.get(warm) ?? []).flatMap(({ start, durationMs }) =>
      start === 'warm' ? (durationMs ?? []) : [],
    );
    return [
      {
        name,
        n: all.length,
        parts: partNames.map((part) => ({
          name: part,
          median: bootstrapInterval(
            all.map((parts) => parts[part]),
            'median',
            { seed },
          ),
        })),
        warmCall: bootstrapInterval(calls, 'median', { seed }),
      },
    ];
  });
}
