import { medianRatio, type RatioResult } from '@skyground/statistics';
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
  /** Cold requests of both waves, and the second waves' warm ones. */
  readonly bursts: StartComparison;
  /** How many of the first waves started an environment; the others waited for one that another request had started. */
  readonly firstWaves: { readonly requests: number; readonly cold: number; readonly queued: Spread };
  /** null where nothing was left alone. */
  readonly idle: StartComparison | null;
  readonly oneAtATime: StartComparison | null;
  /** Load, bursts and those that were left alone. */
  readonly together: StartComparison;
}

/** By the REPORT line of each: rows of every arm, whatever they were meant to be. */
export function startsOf(compared: readonly Sample[]): Starts {
  const base = strategies.find(({ id }) => id === 'base');
  const inArms = (...arms: readonly string[]) => compared.filter(({ arm }) => arms.includes(arm));
  const load = compared.filter(({ phase }) => phase === 'load');
  const firstWaves = inArms(burstArms.first);
  // Warm ones of the first wave waited for an environment that another request had started: neither side of a comparison.
  const bursts = [...firstWaves.filter(({ start }) => start !== 'warm'), ...inArms(burstArms.again)];
  const idle = inArms(idleArms.idle, idleArms.again);
  const single = base === undefined ? [] : inArms(strategyArm(base, 'first'), strategyArm(base, 'warm'));
  return {
    load: comparison('load', load),
    bursts: comparison('bursts', bursts),
    firstWaves: {
      requests: firstWaves.length,
      cold: firstWaves.filter(({ start }) => start === 'cold').length,
      queued: spreadOf(
        firstWaves.flatMap(({ start, responseMs }) => (start === 'warm' ? (responseMs ?? []) : [])),
      ),
    },
    idle: idle.length === 0 ? null : comparison('left alone', idle),
    oneAtATime: single.length === 0 ? null : comparison('one at a time, by Invoke', single),
    together: comparison('load, bursts and left alone', [...load, ...bursts, ...idle]),
  };
}

function comparison(name: string, rows: readonly Sample[]): StartComparison {
  const times = (start: Sample['start']) =>
    rows.flatMap((row) => (row.start === start ? (row.responseMs ?? []) : []));
  const cold = times('cold');
  const warm = times('warm');
  return {
    name,
    cold: spreadOf(cold),
    warm: spreadOf(warm),
    unknown: rows.filter(({ start, outcome }) => start === 'unknown' && outcome === 'succeeded').length,
    ratio: medianRatio(cold, warm, { seed }),
  };
}
