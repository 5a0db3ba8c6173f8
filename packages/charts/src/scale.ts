/** Below this a logarithmic axis starts: no clock here resolves less than a microsecond. */
const SMALLEST_MS = 0.001;

/** Values this far apart would be squeezed into a corner of a linear axis. */
const WIDE_RATIO = 100;

export interface NumberScale {
  readonly type: 'linear' | 'log';
  readonly domain: [number, number];
  readonly nice: false;
}

const extent = (values: readonly number[]): { readonly smallest: number; readonly largest: number } => {
  let smallest = Number.POSITIVE_INFINITY;
  let largest = 0;
  for (const value of values) {
    smallest = Math.min(smallest, value);
    largest = Math.max(largest, value);
  }
  return { smallest, largest };
};

/** From zero to a little beyond the largest value; `headroom` leaves space for a label there. */
export const linearScale = (values: readonly number[], headroom = 0.05): NumberScale => {
  const { largest } = extent(values);
  return { type: 'linear', domain: [0, largest === 0 ? 1 : largest * (1 + headroom)], nice: false };
};

/** For values above zero, of which there must be one. */
export const logScale = (values: readonly number[]): NumberScale => {
  const { smallest, largest } = extent(values);
  return { type: 'log', domain: [smallest / 1.08, largest * 1.08], nice: false };
};

/** Linear from zero, but logarithmic where one axis has to show very small and very large values. */
export const scaleFor = (values: readonly number[]): NumberScale => {
  const { smallest, largest } = extent(values);
  return smallest > 0 && largest / smallest >= WIDE_RATIO ? logScale(values) : linearScale(values);
};

export const aboveZero = (ms: number): number => Math.max(ms, SMALLEST_MS);

export const axisTitle = (quantity: string, unit: string, scale: NumberScale): string =>
  scale.type === 'log' ? `${quantity} (${unit}, log scale)` : `${quantity} (${unit})`;
