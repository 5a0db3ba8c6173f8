import { axisTitle, linearScale, logScale } from '../scale.ts';
import type { SweepScale } from './sweep-curves.ts';

/** What the axis of a sweep needs to know of its scale. */
interface SweepAxis {
  readonly scale: object;
  readonly title: (name: string, unit: string) => string;
  /** 0 at the left end of the axis, 1 at the right. */
  readonly placeOf: (value: number) => number;
  /** Where there are too many steps to name each. */
  readonly ticks: { readonly values?: number[] };
}

export function sweepAxis(kind: SweepScale, values: readonly number[]): SweepAxis {
  const least = values
    .filter((value) => value > 0)
    .reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = values.reduce((a, b) => Math.max(a, b), 0);
  const placeBy = (at: (value: number) => number) => {
    const [low, high] = [at(Math.min(...values)), at(Math.max(...values))];
    return (value: number) => (high > low ? (at(value) - low) / (high - low) : 0);
  };
  if (kind === 'log2') {
    const scale = { ...logScale(values), base: 2 };
    return {
      scale,
      title: (name, unit) => axisTitle(name, unit, scale),
      placeOf: placeBy(Math.log2),
      ticks: {},
    };
  }
  const linear = linearScale(values);
  if (kind === 'linear' || most === 0) {
    return {
      scale: linear,
      title: (name, unit) => axisTitle(name, unit, linear),
      placeOf: placeBy((value) => value),
      ticks: {},
    };
  }
  return {
    // Linear up to the smallest step, where zero has its place, and logarithmic from there on.
    scale: { type: 'symlog', constant: least, domain: [-0.2 * least, most * 1.2], nice: false },
    title: (name, unit) =>
      axisTitle(name, unit === '' ? 'log scale, with 0' : `${unit}, log scale, with 0`, linear),
    placeOf: placeBy((value) => Math.log1p(value / least)),
    ticks: { values: [0, ...powersOfTen(least, most)] },
  };
}

const powersOfTen = (least: number, most: number): number[] => {
  const [first, last] = [Math.ceil(Math.log10(least)), Math.floor(Math.log10(most))];
  // Never more than can stand beside each other.
  const step = Math.max(1, Math.ceil((last - first + 1) / 8));
  return Array.from(
    { length: Math.max(0, Math.ceil((last - first + 1) / step)) },
    (_, index) => 10 ** (first + index * step),
  );
};
