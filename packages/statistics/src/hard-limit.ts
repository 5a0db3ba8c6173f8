import type { Measurement } from './scalability-fit.ts';

/** Throughput in proportion to the load up to `load`, and no further: what a fixed number of cores or slots gives. */
export interface HardLimit {
  readonly load: number;
  readonly throughput: number;
  readonly squaredError: number;
}

/** By least squares; exact, because between two measured loads both parts have their best values on their own. */
export function fitHardLimit(data: readonly Measurement[]): HardLimit {
  const loads = [...new Set(data.map(({ load }) => load))].toSorted((a, b) => a - b);
  const corners = loads.flatMap((load, index) => {
    const next = loads[index + 1];
    if (next === undefined) return [load];
    const rising = slopeOf(data.filter((one) => one.load <= load));
    const level = meanOf(data.filter((one) => one.load > load));
    const corner = level / rising;
    return corner > load && corner < next ? [load, corner] : [load];
  });
  const limits = corners.map((corner) => limitedAt(data, corner));
  return limits.reduce((best, next) => (next.squaredError < best.squaredError ? next : best));
}

function limitedAt(data: readonly Measurement[], corner: number): HardLimit {
  const slope = slopeOf(data.map(({ load, throughput }) => ({ load: Math.min(load, corner), throughput })));
  const squaredError = data.reduce(
    (sum, { load, throughput }) => sum + (throughput - slope * Math.min(load, corner)) ** 2,
    0,
  );
  return { load: corner, throughput: slope * corner, squaredError };
}

function slopeOf(data: readonly Measurement[]): number {
  const squares = data.reduce((sum, { load }) => sum + load ** 2, 0);
  return data.reduce((sum, { load, throughput }) => sum + load * throughput, 0) / squares;
}

function meanOf(data: readonly Measurement[]): number {
  return data.reduce((sum, { throughput }) => sum + throughput, 0) / data.length;
}
