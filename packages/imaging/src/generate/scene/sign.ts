import { noiseFields, sample } from '../noise-field.ts';
import { type Brush, blend, type Colour, clamp01, type Painter } from './painter.ts';
import { type Segment, textSegments, textWidth } from './stroke-font.ts';

const BOARDS: readonly [{ wood: Colour; paint: Colour }, ...{ wood: Colour; paint: Colour }[]] = [
  { wood: [116, 78, 46], paint: [246, 238, 214] },
  { wood: [28, 74, 110], paint: [244, 246, 248] },
  { wood: [232, 226, 208], paint: [54, 44, 40] },
  { wood: [24, 92, 60], paint: [248, 240, 200] },
];

/** A board with a line of text on a post that stands in front of everything. */
export function sign({ canvas, random }: Brush, text: string): Painter {
  const { widthPx, heightPx } = canvas;
  const { rough } = noiseFields();
  const { wood, paint } = random.pick(BOARDS);
  const cell = (random.between(0.3, 0.42) * Math.min(widthPx, heightPx * 1.4)) / (textWidth(text) + 3);
  const boardWidth = (textWidth(text) + 3) * cell;
  const boardHeight = 9 * cell;
  const left = random.between(0.06, 0.94) * (widthPx - boardWidth);
  const top = random.between(0.52, 0.66) * heightPx;
  const postLeft = left + boardWidth * random.between(0.4, 0.55);
  const postWidth = 1.5 * cell;
  const [u0, v0] = [random.between(0, 1024), random.between(0, 1024)];
  const segments = textSegments(text);
  return (row, y) => {
    const inBoard = clamp01(Math.min(y + 1 - top, top + boardHeight - y));
    for (let x = Math.floor(left); x < Math.ceil(left + boardWidth); x += 1) {
      const grain = sample(rough, u0 + ((x - left) / cell) * 2, v0 + ((y - top) / cell) * 26) * 9;
      const inPost = y > top ? clamp01(Math.min(x + 1 - postLeft, postLeft + postWidth - x)) : 0;
      if (inPost > 0) blend(row, x, [74, 58, 44], inPost, grain - (14 * (x - postLeft)) / postWidth);
      const cover = inBoard * clamp01(Math.min(x + 1 - left, left + boardWidth - x));
      if (cover === 0) continue;
      blend(row, x, wood, cover, grain);
      const ink = inkAt(segments, (x + 0.5 - left) / cell - 1.5, (y + 0.5 - top) / cell - 1.5, cell);
      if (ink > 0) blend(row, x, paint, cover * ink, grain * 0.5);
    }
  };
}

/** Share of a pixel that strokes cover, by its distance to the nearest. */
function inkAt(segments: readonly Segment[], x: number, y: number, pxPerCell: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const { x1, y1, x2, y2 } of segments) {
    if (x < Math.min(x1, x2) - 1 || x > Math.max(x1, x2) + 1) continue;
    const [dx, dy] = [x2 - x1, y2 - y1];
    const along = clamp01(((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy));
    nearest = Math.min(nearest, Math.hypot(x - x1 - along * dx, y - y1 - along * dy));
  }
  return clamp01((0.42 - nearest) * pxPerCell + 0.5);
}
