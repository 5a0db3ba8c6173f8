import { noiseFields, sample } from '../noise-field.ts';
import { type Brush, blend, type Colour, clamp01, mix, type Painter, smoothStep } from './painter.ts';

export interface Ridge {
  /** Mean height of the outline and its swing, as shares of the picture's height from its top. */
  readonly level: number;
  readonly swing: number;
  readonly colour: Colour;
  /** What distance fades the foot into. */
  readonly haze: Colour;
  /** 0 = near and clear, 1 = all haze. */
  readonly distance: number;
  readonly trees: boolean;
  readonly snow: boolean;
}

const SNOW: Colour = [236, 240, 246];

/** A range of hills: a hard outline, a surface lit from one side, haze at its foot. */
export function ridge({ canvas, random }: Brush, settings: Ridge): Painter {
  const { widthPx, heightPx } = canvas;
  const { relief, rough } = noiseFields();
  const { level, swing, distance, snow } = settings;
  const outline = outlineOf({ canvas, random }, settings);
  const [u0, v0] = [random.between(0, 1024), random.between(0, 1024)];
  const cells = (settings.trees ? 420 : 110) / heightPx;
  const contrast = (40 * (1 - distance) + 14) * (settings.trees ? 0.55 : 1);
  const base = mix(settings.colour, settings.haze, distance * 0.7);
  const snowy = mix(SNOW, settings.haze, distance * 0.5);
  const depthPx = heightPx * swing * 2.5;
  return (row, y) => {
    const v = v0 + y * cells * 0.8;
    const cold = snow ? smoothStep(level + swing * 0.3, level - swing * 0.9, y / heightPx) : 0;
    for (let x = 0; x < widthPx; x += 1) {
      const below = y + 0.5 - (outline[x] ?? 0);
      if (below <= -0.5) continue;
      // Slopes fall to both sides: shear makes the creases of the surface run downhill.
      const u = u0 + x * cells + below * cells * 0.35;
      const detail = sample(rough, u * 4.3, v * 4.3);
      const light = (sample(relief, u, v) - sample(relief, u + 3, v + 1) + 0.22 * detail) * contrast;
      const cover = clamp01(below + 0.5);
      blend(row, x, base, cover, light);
      if (cold > 0) blend(row, x, snowy, cover * smoothStep(0.25, 0.55, cold + 0.01 * light), light * 0.7);
      blend(row, x, settings.haze, cover * distance * 0.45 * clamp01(below / depthPx));
    }
  };
}

/** Row (with fraction) where the hill begins, for each column. */
function outlineOf({ canvas, random }: Brush, { level, swing, trees }: Ridge): Float32Array {
  const { widthPx, heightPx } = canvas;
  const { soft, rough } = noiseFields();
  const [u0, v0] = [random.between(0, 1024), random.between(0, 1024)];
  const cells = random.between(70, 120) / heightPx;
  const outline = Float32Array.from({ length: widthPx }, (_, x) => {
    const u = u0 + x * cells;
    // Folded noise: crests where the field crosses zero.
    const crest = 0.8 - 1.6 * Math.abs(sample(soft, u, v0));
    return (
      heightPx * (level - swing * (crest + 0.09 * sample(rough, u * 2, v0) + 0.03 * sample(rough, u * 9, v0)))
    );
  });
  return trees ? plantTrees({ canvas, random }, outline) : outline;
}

/** Conifers: triangles with a ragged edge, standing on the outline. */
function plantTrees({ canvas, random }: Brush, ground: Float32Array): Float32Array {
  const { widthPx, heightPx } = canvas;
  const outline = ground.slice();
  const size = random.between(0.05, 0.11) * heightPx;
  for (let foot = -size; foot < widthPx + size; ) {
    const height = size * random.between(0.35, 1);
    const halfWidth = height * random.between(0.16, 0.24);
    const base = ground[Math.round(Math.min(widthPx - 1, Math.max(0, foot)))] ?? 0;
    const last = Math.min(widthPx - 1, foot + halfWidth);
    for (let x = Math.max(0, Math.ceil(foot - halfWidth)); x <= last; x += 1) {
      const out = Math.abs(x - foot) / halfWidth;
      const ragged = 0.06 * Math.sin(out * 40);
      outline[x] = Math.min(outline[x] ?? 0, base - height * (1 - out + ragged));
    }
    foot += halfWidth * random.between(0.5, 3);
  }
  return outline;
}
