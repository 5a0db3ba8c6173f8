import { transformSquare } from './fft.ts';
import { createRandom, normal } from './random.ts';

const EDGE = 512;
const MASK = EDGE - 1;

/** A square of noise with mean 0 and standard deviation 1 that tiles without a seam. */
export type NoiseField = Float32Array;

/** The fields that all images are cut from, at places, scales and in mixtures that their seeds choose. */
export interface NoiseFields {
  /** Amplitude 1/f, the mean spectrum of natural images: surfaces. */
  readonly rough: NoiseField;
  /** Another of the same kind, independent of the first. */
  readonly relief: NoiseField;
  /** Amplitude 1/f^1.7: clouds, outlines of hills. */
  readonly soft: NoiseField;
}

let made: NoiseFields | undefined;

/** Made once in a process, from a fixed seed: a third of a second for all images together. */
export function noiseFields(): NoiseFields {
  made ??= { ...makePair(1, 20_011), soft: makePair(1.7, 20_021).rough };
  return made;
}

/** Value at a point in units of cells, wrapped around and interpolated between the four nearest. */
export function sample(field: NoiseField, u: number, v: number): number {
  const column = Math.floor(u);
  const row = Math.floor(v);
  const fu = u - column;
  const fv = v - row;
  const left = column & MASK;
  const right = (column + 1) & MASK;
  const top = (row & MASK) * EDGE;
  const bottom = ((row + 1) & MASK) * EDGE;
  const above = (field[top + left] ?? 0) * (1 - fu) + (field[top + right] ?? 0) * fu;
  const below = (field[bottom + left] ?? 0) * (1 - fu) + (field[bottom + right] ?? 0) * fu;
  return above * (1 - fv) + below * fv;
}

/** Random Gaussian spectrum under a power law; real and imaginary part of its transform are independent fields. */
function makePair(exponent: number, seed: number): { rough: NoiseField; relief: NoiseField } {
  const random = createRandom(seed);
  const re = new Float64Array(EDGE * EDGE);
  const im = new Float64Array(EDGE * EDGE);
  for (let row = 0; row < EDGE; row += 1) {
    for (let column = 0; column < EDGE; column += 1) {
      if (row === 0 && column === 0) continue;
      const down = Math.min(row, EDGE - row);
      const across = Math.min(column, EDGE - column);
      const amplitude = (down * down + across * across) ** (-exponent / 2);
      re[row * EDGE + column] = amplitude * normal(random);
      im[row * EDGE + column] = amplitude * normal(random);
    }
  }
  transformSquare(re, im, EDGE);
  return { rough: standardise(re), relief: standardise(im) };
}

function standardise(values: Float64Array): NoiseField {
  let squares = 0;
  for (const value of values) squares += value * value;
  const scale = 1 / Math.sqrt(squares / values.length);
  const field = new Float32Array(values.length);
  values.forEach((value, i) => {
    field[i] = value * scale;
  });
  return field;
}
