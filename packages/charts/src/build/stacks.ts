import { isDrawable } from '../drawable.ts';
import type { Layers } from '../framed.ts';
import { OUTLINED } from '../theme.ts';
import { uniqueLabels } from './arms.ts';

/** A bar made of parts. */
export interface Stack {
  readonly label: string;
  /** In the order of the parts; what is no part of a sum counts as zero. */
  readonly values: readonly number[];
  readonly total: number;
}

export interface Part {
  readonly label: string;
  readonly colour: string;
}

/** Neighbours differ strongly in lightness, and so do all in grey. */
const PART_COLOURS = [
  '#d8d8d8',
  '#5b0f7d',
  '#9bd0f0',
  '#e69f00',
  '#00684f',
  '#ffffff',
  '#0072b2',
  '#cc79a7',
] as const;
const MOST_IN_A_ROW = 6;

export const isPart = (value: number): boolean => isDrawable(value) && value >= 0;

/** From left to right in every bar, with colours of their own where they have none. */
export function partsOf(
  parts: readonly { readonly label: string; readonly colour?: string }[],
): readonly Part[] {
  const labels = uniqueLabels(
    parts.map(({ label }) => label),
    [],
  );
  return parts.map(({ colour }, index) => ({
    label: labels[index] ?? '',
    colour: colour ?? PART_COLOURS[index % PART_COLOURS.length] ?? PART_COLOURS[0],
  }));
}

export function stacksOf(
  bars: readonly { readonly label: string; readonly values: readonly number[] }[],
  parts: readonly Part[],
): readonly Stack[] {
  const labels = uniqueLabels(
    bars.map(({ label }) => label),
    [],
  );
  return bars.map(({ values }, index) => {
    const own = parts.map((_, part) => {
      const value = values[part] ?? 0;
      return isPart(value) ? value : 0;
    });
    return { label: labels[index] ?? '', values: own, total: own.reduce((sum, value) => sum + value, 0) };
  });
}

/** Bars are placed by hand: a segment knows where it begins and ends. */
export const segmentsOf = (stacks: readonly Stack[], parts: readonly Part[]) =>
  stacks.flatMap(({ values }, lane) => {
    let from = 0;
    return parts.flatMap(({ label: part, colour }, index) => {
      const value = values[index] ?? 0;
      const segment = { part, colour, lane, from, to: from + value };
      from = segment.to;
      return value > 0 ? [segment] : [];
    });
  });

export const stackRowPx = (stacks: readonly Stack[]): number => (stacks.length > 6 ? 22 : 40);

/** The bars; the legend names those parts that are there. */
export function stackLayer(
  stacks: readonly Stack[],
  parts: readonly Part[],
  x: object,
  y: object,
): Layers[number] {
  const segments = segmentsOf(stacks, parts);
  const shown = parts.filter(({ label }) => segments.some(({ part }) => part === label));
  return {
    data: { values: segments.map(({ part, lane, from, to }) => ({ part, lane, from, to })) },
    mark: {
      type: 'bar',
      orient: 'horizontal',
      height: stackRowPx(stacks) * 0.7,
      ...OUTLINED,
      strokeWidth: 0.6,
    },
    encoding: {
      x: { ...x, field: 'from', type: 'quantitative' },
      x2: { field: 'to' },
      y: { ...y, field: 'lane', type: 'quantitative' },
      color: {
        field: 'part',
        type: 'nominal',
        scale: { domain: shown.map(({ label }) => label), range: shown.map(({ colour }) => colour) },
        legend: {
          symbolStrokeColor: '#333333',
          symbolStrokeWidth: 0.6,
          symbolType: 'square',
          ...(shown.length > MOST_IN_A_ROW ? { columns: 4 } : {}),
        },
      },
    },
  };
}
