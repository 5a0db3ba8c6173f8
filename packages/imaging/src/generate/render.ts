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
  readonly pixels: Uint8ClampedArray | Uint16Array;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly channels: 3 | 4;
}

const GRAIN_VALUES = 65_536;

/** Paints a scene as a camera would take it: darker corners, sensor grain. */
export function render(options: RenderOptions): Raster {
  const { widthPx, heightPx, bitDepth, alpha } = options;
  const paint = composeScene(options, { widthPx, heightPx });
  const channels = alpha ? 4 : 3;
  const length = widthPx * heightPx * channels;
  const pixels = bitDepth === 16 ? new Uint16Array(length) : new Uint8ClampedArray(length);
  const scale = bitDepth === 16 ? 257 : 1;
  const highest = 255 * scale;
  const random = createRandom(deriveSeed(options.seed, 1));
  const strength = random.between(2.5, 5);
  const grain = Float32Array.from({ length: GRAIN_VALUES }, () => normal(random) * strength);

  const row = new Float32Array(widthPx * 3);
  for (let y = 0; y < heightPx; y += 1) {
    paint(row, y);
    const grainStart = Math.floor(random.next() * GRAIN_VALUES);
    const offY = (2 * y) / heightPx - 1;
    for (let x = 0; x < widthPx; x += 1) {
      const offX = (2 * x) / widthPx - 1;
      const fromCentre = offX * offX + offY * offY;
      const exposure = (1 - 0.13 * fromCentre) * scale;
      const to = (y * widthPx + x) * channels;
      for (let channel = 0; channel < 3; channel += 1) {
        const noise = grain[(grainStart + x * 3 + channel) & (GRAIN_VALUES - 1)] ?? 0;
        const value = ((row[x * 3 + channel] ?? 0) + noise) * exposure;
        pixels[to + channel] = value < 0 ? 0 : value > highest ? highest : Math.round(value);
      }
      if (alpha) pixels[to + 3] = Math.round(highest * smoothStep(1, 0.72, fromCentre));
    }
  }
  return { pixels, widthPx, heightPx, channels };
}
