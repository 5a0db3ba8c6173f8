import type { RunConditions } from '../checks/check.ts';
import type { Manifest, Session } from './manifest.ts';

/** As Go's benchstat: with fewer an interval says nothing. */
const minimumSamples = 6;

/** Of all sessions the worst, which is what a comparison across them has to bear. */
export function conditionsOf({ machine, sessions }: Manifest, pricesReadOn: string | null): RunConditions {
  const known = sessions.flatMap(({ conditions }) => conditions ?? []);
  return {
    minimumSamples,
    clockResolutionMs: machine.clockResolutionMs,
    clockOffset: worst(
      known.flatMap(({ clockOffset }) => clockOffset ?? []),
      // One that its uncertainty can explain says nothing, and must not stand for one that is certain.
      ({ offsetMs, uncertaintyMs }) => (Math.abs(offsetMs) > uncertaintyMs ? Math.abs(offsetMs) : 0),
    ),
    load: worstLoad(sessions.flatMap(({ load }) => load ?? [])),
    pricesReadOn,
    startedAt: sessions[0]?.startedAt ?? '',
  };
}

function worstLoad(loads: readonly NonNullable<Session['load']>[]): Session['load'] {
  const busiest = worst(loads, ({ foreignCores, cores }) => foreignCores / cores);
  if (busiest === null) return null;
  return { ...busiest, stealShare: Math.max(...loads.map(({ stealShare }) => stealShare)) };
}

function worst<Value>(values: readonly Value[], badness: (value: Value) => number): Value | null {
  return values.toSorted((a, b) => badness(b) - badness(a))[0] ?? null;
}
