import { noiseFields, sample } from '../noise-field.ts';
import { type Brush, blend, mix, type Painter, smoothStep } from './painter.ts';
import type { Palette } from './palette.ts';

/** Gradient, clouds in perspective and a sun (or moon) with its glow, down to `horizon` (share of the height). */
export function sky({ canvas, random }: Brush, palette: Palette, horizon: number): Painter {
  const { widthPx, heightPx } = canvas;
  const { soft, rough } = noiseFields();
  const [u0, v0] = [random.between(0, 1024), random.between(0, 1024)];
  const cloudiness = random.between(-0.5, 1.2);
  const sunX = random.between(0.12, 0.88) * widthPx;
  const sunY = random.between(0.12, 0.9) * horizon * heightPx;
  const radius = random.between(0.018, 0.032) * heightPx;
  return (row, y) => {
    const height = y / heightPx / horizon;
    const base =
      height < 0.5
        ? mix(palette.zenith, palette.middle, height * 2)
        : mix(palette.middle, palette.horizon, Math.min(1, height * 2 - 1));
    // Clouds lie on a plane overhead: the nearer to the horizon, the farther and the flatter.
    const distance = 70 / (1.25 - Math.min(1, height));
    for (let x = 0; x < widthPx; x += 1) {
      const u = u0 + (x / heightPx - 0.75) * distance;
      const v = v0 + distance * 2.2;
      const density = sample(soft, u, v) + 0.3 * sample(rough, u * 5, v * 5);
      const cloud = smoothStep(1.1 - cloudiness, 2.6 - cloudiness, density);
      blend(row, x, base, 1);
      blend(row, x, palette.cloud, cloud * 0.9, -14 * Math.max(0, density - 1));
      const fromSun2 = ((x - sunX) ** 2 + (y - sunY) ** 2) / (radius * radius);
      const disc = fromSun2 < 1.2 ? smoothStep(1.12, 0.88, fromSun2) : 0;
      const glow = Math.max(disc, 0.7 / (1 + fromSun2 * 0.12)) * (1 - 0.5 * cloud);
      blend(row, x, palette.sun, glow);
    }
  };
}
