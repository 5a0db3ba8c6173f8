import type { Random } from '../random.ts';

/** Red, green and blue from 0 to 255, gamma-encoded (sRGB). */
export type Colour = readonly [number, number, number];

export interface Canvas {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Paints over one row of pixels, three numbers (0 to 255) each. Rows may come in any order. */
export type Painter = (row: Float32Array, y: number) => void;

/** What a layer of a scene is made from. It draws the same numbers from `random` whatever the canvas is. */
export interface Brush {
  readonly canvas: Canvas;
  readonly random: Random;
}

export function mix(a: Colour, b: Colour, share: number): Colour {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

/** Lays a colour over pixel x; `cover` from 0 (nothing) to 1 (opaque), `light` is added to each channel. */
export function blend(row: Float32Array, x: number, colour: Colour, cover: number, light = 0): void {
  const i = x * 3;
  const rest = 1 - cover;
  row[i] = (row[i] ?? 0) * rest + (colour[0] + light) * cover;
  row[i + 1] = (row[i + 1] ?? 0) * rest + (colour[1] + light) * cover;
  row[i + 2] = (row[i + 2] ?? 0) * rest + (colour[2] + light) * cover;
}

export function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value));
}

export function smoothStep(from: number, to: number, value: number): number {
  const share = clamp01((value - from) / (to - from));
  return share * share * (3 - 2 * share);
}
