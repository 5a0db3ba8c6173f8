/** Weights around a pixel: the weighted sum, divided by `scale`, plus `offset`, rounded and cut to 0 to 255. */
export interface Kernel {
  /** Row by row from the top, as many rows as columns: 9 or 25 integers. */
  readonly weights: readonly number[];
  readonly scale: number;
  readonly offset: number;
}

/** The kernels of Pillow's ImageFilter under its names; test/fixtures/pillow.py lets Pillow confirm them. */
export const KERNELS = {
  sharpen: { weights: [-2, -2, -2, -2, 32, -2, -2, -2, -2], scale: 16, offset: 0 },
  smoothMore: {
    weights: [
      ...[1, 1, 1, 1, 1],
      ...[1, 5, 5, 5, 1],
      ...[1, 5, 44, 5, 1],
      ...[1, 5, 5, 5, 1],
      ...[1, 1, 1, 1, 1],
    ],
    scale: 100,
    offset: 0,
  },
  detail: { weights: [0, -1, 0, -1, 10, -1, 0, -1, 0], scale: 6, offset: 0 },
  edgeEnhance: { weights: [-1, -1, -1, -1, 10, -1, -1, -1, -1], scale: 2, offset: 0 },
  contour: { weights: [-1, -1, -1, -1, 8, -1, -1, -1, -1], scale: 1, offset: 255 },
  findEdges: { weights: [-1, -1, -1, -1, 8, -1, -1, -1, -1], scale: 1, offset: 0 },
  /** Pillow writes the rows of its kernels from the bottom: only here is that another kernel. */
  emboss: { weights: [0, 0, 0, 0, 1, 0, -1, 0, 0], scale: 1, offset: 128 },
} as const satisfies Readonly<Record<string, Kernel>>;
