import type { IntervalResult } from '@skyground/statistics';
import { isDrawable } from '../drawable.ts';
import { formatQuantity } from '../format.ts';
import type { Layers } from '../framed.ts';
import { INK } from '../theme.ts';

/** What a bar shows: a number is exact or modelled and has no interval; null was not measured. */
export type BarFigure = IntervalResult | number | null;

export interface DrawnFigure {
  readonly value: number | null;
  readonly result: IntervalResult | undefined;
}

export function drawnFigure(figure: BarFigure): DrawnFigure {
  const value = typeof figure === 'object' ? (figure?.estimate ?? null) : figure;
  return {
    value: value !== null && isDrawable(value) ? value : null,
    result: typeof figure === 'object' ? (figure ?? undefined) : undefined,
  };
}

/** Without an interval the whisker has no length and is not drawn. */
export const whiskerOf = ({ value, result }: DrawnFigure) =>
  result?.kind === 'interval' && isDrawable(result.low) && isDrawable(result.high)
    ? { low: result.low, high: result.high }
    : { low: value ?? 0, high: value ?? 0 };

export const figureText = (value: number | null, unit: string): string =>
  value === null ? 'no data' : formatQuantity(value, unit);

/** From `low` to `high` of every value that has an interval, with ends. */
export function whiskerLayers(
  values: readonly { readonly low: number; readonly high: number }[],
  x: object,
  y: object,
  endPx: number,
): Layers {
  const data = { values: values.filter(({ low, high }) => high > low) };
  return [
    {
      data,
      mark: { type: 'rule', color: INK, strokeWidth: 2 },
      encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, y },
    },
    ...(['low', 'high'] as const).map((field): Layers[number] => ({
      data,
      mark: { type: 'tick', orient: 'vertical', thickness: 2, size: endPx, color: INK },
      encoding: { x: { ...x, field }, y },
    })),
  ];
}
