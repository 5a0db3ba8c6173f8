import { medianRatio, pairByKey, pairedMedianRatio, type RatioResult } from '@skyground/statistics';
import { burstArms, idleArms, strategyArm } from '../blocks.ts';
import type { Sample } from '../sample.ts';
import { strategies } from '../strategies.ts';
import { type Spread, seed, spreadOf } from './spread.ts';

/** Requests that started an environment beside those that found one, of one kind. */
export interface StartComparison {
  readonly name: string;
  readonly cold: Spread;
  readonly warm: Spread;
  /** Without a REPORT line. */
  readonly unknown: number;
  /** Cold over warm. */
  readonly ratio: RatioResult;
}

export interface Starts {
  readonly load: StartComparison;
  /** Cold requests of the first waves, and warm ones of the second. */
  readonly bursts: StartComparison;
  readonly waves: {
    readonly first: Wave;
    /** Those of the first waves that were taken up late enough to find an environment which another request had started. */
    readonly lateWarm: Spread;
    readonly again: Wave;
  };
  /** null where nothing was left alone. */
  readonly idle: StartComparison | null;
  readonly oneAtATime: StartComparison | null;
  /** Requests of all these that have no REPORT line. */
  readonly unknown: number;
}

export interface Wave {
  readonly requests: number;
  readonly cold: number;
}

/** By the REPORT line of each: rows of every arm, whatever they were meant to be. */
export function startsOf(compared: readonly Sample[]): Starts {
  const base = strategies.find(({ id }) => id === 'base');
  const inArms = (...arms: readonly string[]) => compared.filter(({ arm }) => arms.includes(arm));
  const load = compared.filter(({ phase }) => phase === 'load');
  const firstWaves = inArms(burstArms.first);
  const againWaves = inArms(burstArms.again);
  // Warm ones of the first wave stood in the rush of the others' starts, and cold ones of the second in a smaller one: on neither side.
  const bursts = [
    ...firstWaves.filter(({ start }) => start !== 'warm'),
    ...againWaves.filter(({ start }) => start !== 'cold'),
  ];
  const idle = inArms(idleArms.idle, idleArms.again);
  const single = base === undefined ? [] : inArms(strategyArm(base, 'first'), strategyArm(base, 'warm'));
  const comparisons = {
    load: comparison('load', load),
    // Requests of one burst share what the machine did meanwhile, so a burst counts once.
    bursts: comparison('bursts', bursts, ({ unit }) => unit.replace(/^.*#/, '')),
    idle: idle.length === 0 ? null : comparison('left alone', idle),
    oneAtATime: single.length === 0 ? null : comparison('one at a time, by Invoke', single),
  };
  return {
    ...comparisons,
    waves: {
      first: waveOf(firstWaves),
      lateWarm: spreadOf(
        firstWaves.flatMap(({ start, responseMs }) => (start === 'warm' ? (responseMs ?? []) : [])),
      ),
      again: waveOf(againWaves),
    },
    unknown: Object.values(comparisons).reduce((sum, one) => sum + (one?.unknown ?? 0), 0),
  };
}

function waveOf(rows: readonly Sample[]): Wave {
  return { requests: rows.length, cold: rows.filter(({ start }) => start === 'cold').length };
}

/** With `keyOf`, the ratio is the median over keys of the ratio of their medians. */
function comparison(name: string, rows: readonly Sample[], keyOf?: (row: Sample) => string): StartComparison {
  const answered = (start: Sample['start']) =>
    rows.flatMap((row) =>
      row.start === start && row.responseMs !== null
        ? [{ key: keyOf?.(row) ?? '', value: row.responseMs }]
        : [],
    );
  const times = (start: Sample['start']) => answered(start).map(({ value }) => value);
  const cold = times('cold');
  const warm = times('warm');
  return {
    name,
    cold: spreadOf(cold),
    warm: spreadOf(warm),
    unknown: rows.filter(({ start, outcome }) => start === 'unknown' && outcome === 'succeeded').length,
    ratio:
      keyOf === undefined
        ? medianRatio(cold, warm, { seed })
        : pairedMedianRatio(pairByKey(answered('cold'), answered('warm')).pairs, { seed }),
  };
}
