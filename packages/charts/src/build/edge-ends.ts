import type { PlacedBox, Point } from './layers.ts';

interface Route {
  /** Indexes of boxes. */
  readonly from: number;
  readonly to: number;
  /** What the edge passes, without its ends. */
  readonly between: readonly Point[];
}

interface End {
  readonly box: PlacedBox;
  readonly boxIndex: number;
  /** Where the edge goes on. */
  readonly next: Point;
  /** Below the box: 1; above it: -1; an edge from a box to itself stays at its side: 0. */
  readonly side: number;
}

/** Edges end this far from the corners of a box, which may be slanted. */
const CORNER_PX = 14;
/** So far they come in upright, that their arrows do not lie on each other. */
const APPROACH_PX = 12;

/** Every route from box to box: those that share a side of a box touch it beside each other, in the order from which they come. */
export function withEnds(
  boxes: readonly PlacedBox[],
  routes: readonly Route[],
): readonly (readonly Point[])[] {
  const starts = routes.map(({ from, between }) => endOf(boxes, from, between[0]));
  const stops = routes.map(({ to, between }) => endOf(boxes, to, between.at(-1)));
  const ends = [...starts, ...stops].filter((end) => end !== undefined);
  const bySide = Map.groupBy(ends, ({ boxIndex, side }) => `${boxIndex} ${side}`);
  const placed = new Map<End, Point>();
  for (const sharing of bySide.values()) {
    const inOrder = sharing.toSorted((a, b) => a.next.x - b.next.x);
    inOrder.forEach((end, place) => {
      placed.set(end, touchingPoint(end, place, inOrder.length));
    });
  }
  const pointOf = (end: End | undefined): readonly Point[] => {
    const point = end === undefined ? undefined : placed.get(end);
    return point === undefined ? [] : [point];
  };
  return routes.map(({ between }, index) => {
    const stop = stops[index];
    const side = stop?.side ?? 0;
    const tip = pointOf(stop);
    const approach = side === 0 ? [] : tip.map(({ x, y }) => ({ x, y: y + side * APPROACH_PX }));
    return [...pointOf(starts[index]), ...between, ...approach, ...tip];
  });
}

function endOf(boxes: readonly PlacedBox[], boxIndex: number, next: Point | undefined): End | undefined {
  const box = boxes[boxIndex];
  if (box === undefined || next === undefined) return undefined;
  const side = Math.abs(next.y - box.y) <= box.heightPx / 2 ? 0 : Math.sign(next.y - box.y);
  return { box, boxIndex, next, side };
}

function touchingPoint({ box, next, side }: End, place: number, count: number): Point {
  const { x, y, widthPx, heightPx } = box;
  if (side === 0) return { x: x + widthPx / 2, y: next.y };
  const reachPx = Math.max(0, widthPx / 2 - CORNER_PX);
  const at =
    count === 1
      ? Math.min(x + reachPx, Math.max(x - reachPx, next.x))
      : x + reachPx * ((2 * (place + 0.5)) / count - 1);
  return { x: at, y: y + (side * heightPx) / 2 };
}
