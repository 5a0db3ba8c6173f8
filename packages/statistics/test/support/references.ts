import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** A side of a reference: its values, or how to make them. */
export type Side = { readonly values: readonly number[] } | { readonly series: readonly number[] };

interface Ends {
  readonly low: number;
  readonly high: number;
}

export interface TwoSampleReference {
  readonly name: string;
  readonly a: Side;
  readonly b: Side;
  readonly mannWhitney: { readonly u: number; readonly asymptotic: number | null; readonly exact?: number };
  readonly kolmogorovSmirnov: { readonly d: number; readonly exact: number; readonly asymptotic: number };
  readonly cliffsDelta: Ends & { readonly delta: number };
  readonly shift: number;
}

interface ScipyReferences {
  readonly normal: readonly { readonly z: number; readonly upperTail: number }[];
  readonly normalQuantile: readonly { readonly p: number; readonly z: number }[];
  readonly student: readonly { readonly p: number; readonly degrees: number; readonly t: number }[];
  readonly kolmogorov: readonly { readonly n: number; readonly d: number; readonly upperTail: number }[];
  readonly twoSamples: readonly TwoSampleReference[];
  readonly quantileIntervals: readonly {
    readonly a: Side;
    readonly p: number;
    readonly confidence: number;
    readonly low: number | null;
    readonly high: number | null;
  }[];
  readonly bootstrap: readonly (Ends & {
    readonly values: readonly number[];
    readonly statistic: 'mean' | 'median';
    readonly method: 'percentile' | 'BCa';
  })[];
}

interface RReferences {
  readonly shifts: readonly (Ends & {
    readonly a: readonly number[];
    readonly b: readonly number[];
    readonly confidence: number;
    readonly shift: number;
    readonly pValue: number;
    readonly u: number;
    readonly kolmogorovSmirnov: number;
  })[];
  readonly scalability: readonly {
    readonly name: string;
    readonly load: readonly number[];
    readonly throughput: readonly number[];
    readonly coefficients: readonly [number, number, number];
    readonly standardErrors: readonly [number, number, number];
    readonly r2: number;
  }[];
}

/** Our own files, written by the scripts beside them: their shape is what those scripts write. */
export const scipy = read('scipy.json') as ScipyReferences;
export const r = read('r.json') as RReferences;

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8'));
}

/** The same numbers as `series` in fixtures/make-scipy.py. */
export function valuesOf(side: Side): readonly number[] {
  if ('values' in side) return side.values;
  const [n = 0, multiplier = 0, modulus = 1, divisor = 1, offset = 0] = side.series;
  return Array.from({ length: n }, (_, index) => ((index * multiplier) % modulus) / divisor + offset);
}

/** Equal to nine digits, however small the expected number is. */
export function expectNineDigits(actual: number, expected: number): void {
  if (expected === 0) expect(actual).toBe(0);
  else expect(Math.abs(actual / expected - 1), `${actual} for ${expected}`).toBeLessThan(1e-9);
}
