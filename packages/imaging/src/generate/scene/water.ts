import { noiseFields, sample } from '../noise-field.ts';
import { type Brush, blend, type Colour, type Painter } from './painter.ts';

/** Still water from `shore` (share of the height) down: mirrors what `above` paints, displaced by ripples. */
export function water({ canvas, random }: Brush, above: Painter, tint: Colour, shore: number): Painter {
  const { widthPx, heightPx } = canvas;
  const { rough } = noiseFields();
  const [u0, v0] = [random.between(0, 1024), random.between(0, 1024)];
  const wind = random.between(0.4, 1.3);
  const mirrored = new Float32Array(widthPx * 3);
  const shoreY = shore * heightPx;
  return (row, y) => {
    if (y < shoreY) return;
    const nearness = (y - shoreY) / (heightPx - shoreY);
    above(mirrored, Math.max(0, Math.floor(2 * shoreY - y)));
    // Ripples lie on a plane below the eye: the farther, the denser and the flatter.
    const scale = 26 / (nearness + 0.06);
    for (let x = 0; x < widthPx; x += 1) {
      const ripple = sample(rough, u0 + (x / heightPx - 0.75) * scale, v0 + scale * 9);
      const shift = Math.round(ripple * wind * (0.004 + 0.02 * nearness) * heightPx);
      const from = Math.min(widthPx - 1, Math.max(0, x + shift)) * 3;
      blend(row, x, [mirrored[from] ?? 0, mirrored[from + 1] ?? 0, mirrored[from + 2] ?? 0], 1);
      blend(row, x, tint, 0.18 + 0.3 * nearness, ripple * 16 * wind);
    }
  };
}
