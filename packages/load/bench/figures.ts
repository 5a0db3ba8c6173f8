import { loadavg } from 'node:os';

/** Nearest-rank percentile, enough for a bench. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** `p50 0.123, p99 1.234, max 5.678 ms`. */
export function spread(valuesMs: readonly number[]): string {
  const cells = [50, 99, 100].map((percent) => percentile(valuesMs, percent).toFixed(3));
  return `p50 ${cells[0]}, p99 ${cells[1]}, max ${cells[2]} ms`;
}

/** Every figure is worth as much as the machine was idle. */
export function machine(): string {
  return `load average ${loadavg()[0]?.toFixed(1)}`;
}
