import { createRandom, deriveSeed, normal } from './random.ts';
import { smoothStep } from './scene/painter.ts';
import { composeScene, type SceneChoice } from './scene/scene.ts';

export interface RenderOptions extends SceneChoice {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Bits per channel. */
  readonly bitDepth: 8 | 16;
  /** Adds a fourth channel: the picture as an oval with a soft edge, transparent outside. */
  readonly alpha: boolean;
}

/** Pixels row by row, channels interleaved. */
export interface Raster {
  readonly pixels: Uint8Array | Uint16Array;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly channels: 3 | 4;
}

/** More than the widest row takes, so that each row can start at another place. */
const GRAIN_VALUES = 131_072;

/** Paints a scene as a camera would take it: darker corners, sensor grain. */
export function render(options: RenderOptions): Raster {
  const { widthPx, heightPx, bitDepth, alpha } = options;
  const paint = composeScene(options, { widthPx, heightPx });
  const channels = alpha ? 4 : 3;
  const length = widthPx * heightPx * channels;
  const pixels = bitDepth === 16 ? new Uint16Array(length) : new Uint8Array(length);
  const scale = bitDepth === 16 ? 257 : 1;
  const highest = 255 * scale;
  const random = createRandom(deriveSeed(options.seed, 1));
  const strength = random.between(2.5, 5);
  const grain = Float32Array.from({ length: GRAIN_VALUES }, () => normal(random) * strength);

  const row = new Float32Array(widthPx * 3);
  for (let y = 0; y < heightPx; y += 1) {
    paint(row, y);
    const grainStart = Math.floor(random.next() * (GRAIN_VALUES - row.length));
    const offY = (2 * y) / heightPx - 1;
    for (let x = 0; x < widthPx; x += 1) {
      const offX = (2 * x) / widthPx - 1;
      const fromCentre = offX * offX + offY * offY;
      const exposure = (1 - 0.13 * fromCentre) * scale;
      const from = x * 3;
      const to = (y * widthPx + x) * channels;
      for (let channel = 0; channel < 3; channel += 1) {
        const light = (row[from + channel] ?? 0) + (grain[grainStart + from + channel] ?? 0);
        // Half is added because storing an integer cuts off the fraction.
        pixels[to + channel] = Math.min(highest, Math.max(0, light * exposure)) + 0.5;
      }
      if (alpha) pixels[to + 3] = highest * smoothStep(1, 0.72, fromCentre) + 0.5;
    }
  }
  return { pixels, widthPx, heightPx, channels };
}
