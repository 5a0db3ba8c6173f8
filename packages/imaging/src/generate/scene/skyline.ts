import type { Random } from '../random.ts';
import { type Brush, blend, type Colour, clamp01, mix, type Painter } from './painter.ts';
import type { Palette } from './palette.ts';

interface Building {
  /** In pixels; the foot is at the shore. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly wall: Colour;
  readonly storeyPx: number;
  readonly baysPx: number;
  /** Which windows are lit differs between buildings. */
  readonly pattern: number;
}

/** A row of buildings with windows, from their roofs down to `foot` (share of the height). */
export function skyline(
  { canvas, random }: Brush,
  palette: Palette,
  foot: number,
  distance: number,
): Painter {
  const buildings = build({ canvas, random }, palette, foot, distance);
  const glass = mix(mix(palette.zenith, [20, 24, 30], 0.5), palette.horizon, distance * 0.6);
  const lamp = mix([255, 214, 138], palette.horizon, distance * 0.4);
  const lit = palette.lit;
  return (row, y) => {
    if (y >= foot * canvas.heightPx) return;
    for (const { left, right, top, wall, storeyPx, baysPx, pattern } of buildings) {
      if (y + 1 <= top) continue;
      const cover = clamp01(y + 1 - top);
      const storey = (y - top) / storeyPx;
      const between = storey % 1;
      const isStorey = storey > 0.6 && between > 0.3 && between < 0.85;
      for (let x = Math.max(0, Math.floor(left)); x < Math.min(canvas.widthPx, right); x += 1) {
        const bay = (x - left) / baysPx;
        const isWindow = isStorey && bay % 1 > 0.25 && bay % 1 < 0.8 && x + baysPx < right;
        // Light from the left: each wall darkens towards its right edge.
        const shade = 10 - (24 * (x - left)) / (right - left);
        if (!isWindow) blend(row, x, wall, cover, shade);
        else
          blend(
            row,
            x,
            chance(pattern, Math.floor(storey), Math.floor(bay)) < lit ? lamp : glass,
            cover,
            shade / 2,
          );
      }
    }
  };
}

function build(
  { canvas, random }: Brush,
  palette: Palette,
  foot: number,
  distance: number,
): readonly Building[] {
  const { widthPx, heightPx } = canvas;
  const unit = heightPx * (1 - 0.45 * distance);
  const buildings: Building[] = [];
  for (let left = -0.1 * unit; left < widthPx; ) {
    const right = left + unit * random.between(0.06, 0.17);
    const top = heightPx * foot - unit * heightOf(random);
    const wall = mix(
      mix(palette.rock, palette.horizon, random.between(0, 0.5)),
      palette.horizon,
      distance * 0.65,
    );
    const storeyPx = unit * random.between(0.017, 0.026);
    const baysPx = unit * random.between(0.012, 0.024);
    buildings.push({
      left,
      right,
      top,
      wall,
      storeyPx,
      baysPx,
      pattern: Math.floor(random.next() * 2 ** 31),
    });
    left = right + unit * random.between(-0.03, 0.02);
  }
  return buildings;
}

/** Mostly low, now and then a tower. */
function heightOf(random: Random): number {
  return random.between(0.1, 0.3) + 0.32 * random.next() ** 4;
}

/** A number in [0, 1) for one window, the same in every row and order. */
function chance(pattern: number, storey: number, bay: number): number {
  let hash = Math.imul(
    pattern ^ Math.imul(storey + 1, 0x85ebca6b) ^ Math.imul(bay + 1, 0xc2b2ae35),
    0x27d4eb2f,
  );
  hash ^= hash >>> 15;
  return (Math.imul(hash, 0x2c1b3c6d) >>> 0) / 2 ** 32;
}
