import { median, sampleOf, sortedSample, summarise } from '@skyground/statistics';

/** A figure with its spread over the rounds. */
export interface Figure {
  readonly name: string;
  readonly perRound: readonly number[];
  readonly aim?: { readonly atLeast: number } | { readonly atMost: number };
  readonly digits: number;
}

export function medianOf(values: readonly number[]): number {
  const sample = sampleOf(values);
  if (sample === undefined) throw new Error('expected at least one round');
  return median(sortedSample(sample));
}

/** Name, median, spread, aim, and whether the median meets it. */
export function row({ name, perRound, aim, digits }: Figure): readonly string[] {
  const summary = summarise(perRound);
  if (summary.kind === 'empty') return [name, '-', '-', '-', '-'];
  const show = (value: number): string => value.toFixed(digits);
  const spread = `${show(summary.min)} to ${show(summary.max)}`;
  if (aim === undefined) return [name, show(summary.median), spread, '', ''];
  const met = 'atLeast' in aim ? summary.median >= aim.atLeast : summary.median <= aim.atMost;
  const wanted = 'atLeast' in aim ? `>= ${aim.atLeast}` : `<= ${aim.atMost}`;
  return [name, show(summary.median), spread, wanted, met ? 'met' : 'NOT met'];
}

/** Columns as wide as their widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => cells[column]?.length ?? 0)),
  );
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
