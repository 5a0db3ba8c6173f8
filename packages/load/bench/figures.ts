import { loadavg } from 'node:os';
import { quantile, sampleOf, sortedSample } from '@skyground/statistics';

/** R-7; NaN where there is no value. */
export function percentile(values: readonly number[], percent: number): number {
  const sample = sampleOf(values);
  return sample === undefined ? Number.NaN : quantile(sortedSample(sample), percent / 100);
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

/** Columns as wide as their widest cell: the first one to the left, numbers to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  return rows.map((row) => `  ${line(row).trimEnd()}`).join('\n');
}
