import { noiseFields, sample } from '../noise-field.ts';
import { type Brush, blend, mix, type Painter, smoothStep } from './painter.ts';
import type { Palette } from './palette.ts';

/** Ground with grass and flowers from `edge` (share of the height) down, in perspective. */
export function meadow({ canvas, random }: Brush, palette: Palette, edge: number): Painter {
  const { widthPx, heightPx } = canvas;
  const { rough, relief, soft } = noiseFields();
  const [u0, v0] = [random.between(0, 1024), random.between(0, 1024)];
  const bloom = random.between(1.6, 2.6);
  const top = edge * heightPx;
  const far = mix(palette.ground, palette.horizon, 0.3);
  return (row, y) => {
    if (y < top) return;
    const nearness = (y - top) / (heightPx - top);
    const scale = 60 / (nearness + 0.12);
    const base = mix(far, palette.ground, smoothStep(0, 0.5, nearness));
    for (let x = 0; x < widthPx; x += 1) {
      const u = u0 + (x / heightPx - 0.75) * scale;
      const v = v0 + scale * 3;
      // Blades stand upright: fine across, long along.
      const blades = sample(relief, u * 6, v * 1.2) - sample(relief, u * 6 + 2, v * 1.2 + 0.5);
      const patches = sample(soft, u * 0.4, v * 0.4);
      const light = blades * (10 + 26 * nearness) + patches * 9;
      blend(row, x, base, 1, light);
      const flowers = smoothStep(bloom, bloom + 0.25, sample(rough, u * 4 + 300, v * 4) + 0.5 * patches);
      if (flowers > 0) blend(row, x, palette.flower, flowers, light * 0.4);
    }
  };
}
