import { pictureText } from './format.ts';

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

/** From zero to a little beyond the values; `headroom` leaves space for a label there. */
export const linearScale = (values: readonly number[], headroom = 0.05): NumberScale => {
  const { smallest, largest } = extent(values);
  const low = smallest < 0 ? smallest * (1 + headroom) : 0;
  const high = largest > 0 ? largest * (1 + headroom) : low < 0 ? 0 : 1;
  return { type: 'linear', domain: [low, high], nice: false };
};

/** For values above zero, of which there must be one. */
export const logScale = (values: readonly number[]): NumberScale => {
  const { smallest, largest } = extent(values);
  return { type: 'log', domain: [smallest / 1.08, largest * 1.08], nice: false };
};

/** Linear from zero, but logarithmic where one axis has to show very small and very large values. */
export const scaleFor = (values: readonly number[], wideRatio = WIDE_RATIO): NumberScale => {
  const { smallest, largest } = extent(values);
  return smallest > 0 && largest / smallest >= wideRatio ? logScale(values) : linearScale(values);
};

export const aboveZero = (ms: number): number => Math.max(ms, SMALLEST_MS);

const withUnit = (quantity: string, remarks: readonly string[]): string => {
  const said = remarks.filter((remark) => remark !== '').join(', ');
  return pictureText(said === '' ? quantity : `${quantity} (${said})`);
};

export const axisTitle = (quantity: string, unit: string, scale: NumberScale): string =>
  withUnit(quantity, scale.type === 'log' ? [unit, 'log scale'] : [unit]);
