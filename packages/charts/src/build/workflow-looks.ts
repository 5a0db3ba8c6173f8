import type { PlacedBox, Point } from './layers.ts';
import type { WorkflowEdge, WorkflowNode } from './workflow-request.ts';

interface NodeLook {
  /** In words, for the reading sentence. */
  readonly shape: string;
  readonly fill: string;
  readonly outline: (box: PlacedBox) => readonly Point[];
}

/** How far a slanted corner is drawn in. */
const SLANT_PX = 11;

/** Corners from top left with the clock, each drawn in from its side of the box. */
const cornersIn =
  (topPx: number, bottomPx: number, leftOfTopPx = topPx, rightOfBottomPx = bottomPx) =>
  (box: PlacedBox): readonly Point[] => {
    const { left, right, top, bottom } = sidesOf(box);
    return [
      { x: left + leftOfTopPx, y: top },
      { x: right - topPx, y: top },
      { x: right - rightOfBottomPx, y: bottom },
      { x: left + bottomPx, y: bottom },
    ];
  };

const pointed = (box: PlacedBox): readonly Point[] => {
  const { left, right, top, bottom } = sidesOf(box);
  return [
    { x: left, y: box.y },
    { x: left + SLANT_PX, y: top },
    { x: right - SLANT_PX, y: top },
    { x: right, y: box.y },
    { x: right - SLANT_PX, y: bottom },
    { x: left + SLANT_PX, y: bottom },
  ];
};

const cut = (box: PlacedBox): readonly Point[] => {
  const { left, right, top, bottom } = sidesOf(box);
  const inPx = box.heightPx / 3.4;
  return [
    { x: left + inPx, y: top },
    { x: right - inPx, y: top },
    { x: right, y: top + inPx },
    { x: right, y: bottom - inPx },
    { x: right - inPx, y: bottom },
    { x: left + inPx, y: bottom },
    { x: left, y: bottom - inPx },
    { x: left, y: top + inPx },
  ];
};

const spreading = cornersIn(SLANT_PX, 0);

export const NODE_LOOKS = {
  Task: { shape: 'a rectangle', fill: '#d6eaf8', outline: cornersIn(0, 0) },
  Choice: { shape: 'with pointed sides', fill: '#fff0b8', outline: pointed },
  Parallel: { shape: 'wider at the bottom', fill: '#d5efe3', outline: spreading },
  Map: { shape: 'wider at the bottom', fill: '#d5efe3', outline: spreading },
  Pass: { shape: 'slanted', fill: '#eeeeee', outline: cornersIn(0, 0, SLANT_PX, SLANT_PX) },
  Succeed: { shape: 'with its corners cut off, green', fill: '#c9eec9', outline: cut },
  Fail: { shape: 'with its corners cut off, red', fill: '#f9d0c8', outline: cut },
} as const satisfies Record<WorkflowNode['type'], NodeLook>;

export const EDGE_LOOKS = {
  next: { label: 'next', colour: '#444444', dash: [1, 0] },
  choice: { label: 'choice', colour: '#8a5a00', dash: [9, 3] },
  catch: { label: 'catch', colour: '#a40000', dash: [3, 3] },
  'fan-out': { label: 'fan-out', colour: '#00684f', dash: [1, 0] },
  'fan-in': { label: 'fan-in', colour: '#0072b2', dash: [1, 0] },
} as const satisfies Record<
  WorkflowEdge['kind'],
  { readonly label: string; readonly colour: string; readonly dash: readonly [number, number] }
>;

function sidesOf({ x, y, widthPx, heightPx }: PlacedBox) {
  return { left: x - widthPx / 2, right: x + widthPx / 2, top: y - heightPx / 2, bottom: y + heightPx / 2 };
}
