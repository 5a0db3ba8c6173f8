/**
 * Letters as strokes on a grid four wide and six high, y downwards: each stroke is a chain of points, each
 * point two digits (x then y). Drawn here so that text looks the same on machines with different fonts.
 */
const STROKES: Readonly<Record<string, string>> = {
  A: '06 20 46,13 33',
  B: '00 06 36 45 44 33 03,33 42 41 30 00',
  C: '41 30 10 01 05 16 36 45',
  D: '00 06 26 45 41 20 00',
  E: '40 00 06 46,03 33',
  F: '40 00 06,03 33',
  G: '41 30 10 01 05 16 36 45 43 23',
  H: '00 06,40 46,03 43',
  I: '10 30,20 26,16 36',
  J: '40 45 36 16 05',
  K: '00 06,40 03 46',
  L: '00 06 46',
  M: '06 00 23 40 46',
  N: '06 00 46 40',
  O: '10 30 41 45 36 16 05 01 10',
  P: '06 00 30 41 42 33 03',
  Q: '10 30 41 45 36 16 05 01 10,24 46',
  R: '06 00 30 41 42 33 03,23 46',
  S: '41 30 10 01 02 13 33 44 45 36 16 05',
  T: '00 40,20 26',
  U: '00 05 16 36 45 40',
  V: '00 26 40',
  W: '00 16 23 36 40',
  X: '00 46,40 06',
  Y: '00 23 40,23 26',
  Z: '00 40 06 46',
  '0': '10 30 41 45 36 16 05 01 10,05 41',
  '1': '11 20 26,16 36',
  '2': '01 10 30 41 42 06 46',
  '3': '00 40 22 33 44 45 36 16 05',
  '4': '36 30 04 44',
  '5': '40 00 02 32 43 45 36 06',
  '6': '30 10 01 05 16 36 45 44 33 03',
  '7': '00 40 16',
  '8': '10 30 41 42 33 13 02 01 10,13 04 05 16 36 45 44 33',
  '9': '43 13 02 01 10 30 41 45 36 16',
  '-': '13 33',
  '.': '25 26',
};

/** From one letter's left edge to the next, in units of the grid. */
const ADVANCE = 5.6;

export interface Segment {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** The strokes of a line of text as segments, in units of the grid, the first letter's corner at 0, 0. */
export function textSegments(text: string): readonly Segment[] {
  return Array.from(text).flatMap((letter, index) => {
    const chains = STROKES[letter]?.split(',') ?? [];
    return chains.flatMap((chain) => {
      const points = chain
        .split(' ')
        .map((point) => [Number(point[0]) + index * ADVANCE, Number(point[1])] as const);
      return points.slice(1).map(([x2, y2], i) => {
        const [x1, y1] = points[i] ?? [x2, y2];
        return { x1, y1, x2, y2 };
      });
    });
  });
}

export function textWidth(text: string): number {
  return text.length * ADVANCE - (ADVANCE - 4);
}
