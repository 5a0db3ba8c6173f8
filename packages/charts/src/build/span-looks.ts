import { COLD_COLOUR, INK, SIDE_STYLE } from '../theme.ts';
import type { SpanKind } from './gantt-request.ts';

interface SpanLook {
  /** What the span is, as the legend says it. */
  readonly label: string;
  readonly fill: string;
  /** Lines that tell the kind apart without colour, and how they look in words. */
  readonly texture:
    | { readonly slope: -1 | 0 | 1; readonly colour: string; readonly words: string }
    | undefined;
}

/** In the order of the legend. */
export const SPAN_LOOKS = {
  init: {
    label: 'init (cold start)',
    fill: COLD_COLOUR,
    texture: { slope: 1, colour: '#ffffff', words: 'rising lines on dark' },
  },
  work: { label: 'work', fill: SIDE_STYLE.on_prem.colour, texture: undefined },
  wait: {
    label: 'wait, billed',
    fill: '#ffffff',
    texture: { slope: -1, colour: INK, words: 'falling lines on white' },
  },
  publish: {
    label: 'publish',
    fill: SIDE_STYLE.cloud.colour,
    texture: { slope: 0, colour: INK, words: 'level lines' },
  },
} as const satisfies Record<SpanKind, SpanLook>;

export const SPAN_KINDS = ['init', 'work', 'wait', 'publish'] as const satisfies readonly SpanKind[];

interface LinePx {
  readonly x: number;
  readonly y: number;
  readonly x2: number;
  readonly y2: number;
}

const SPACING_PX = 6;

/**
 * Lines across a box of that size, cut off at its edges: level (slope 0), or at 45 degrees, rising to the right (1) or falling (-1).
 * In pixels from its top left corner.
 */
export function hatch(slope: -1 | 0 | 1, widthPx: number, heightPx: number): readonly LinePx[] {
  return slope === 0 ? levelLines(widthPx, heightPx) : slantedLines(slope, widthPx, heightPx);
}

const levelLines = (widthPx: number, heightPx: number): readonly LinePx[] =>
  [1, 2].map((third) => ({ x: 0, x2: widthPx, y: (third * heightPx) / 3, y2: (third * heightPx) / 3 }));

function slantedLines(slope: -1 | 1, widthPx: number, heightPx: number): readonly LinePx[] {
  const lines: LinePx[] = [];
  for (let at = SPACING_PX / 2 - heightPx; at < widthPx; at += SPACING_PX) {
    // As if the line ran from one edge at `at` to the other, so far as it lies between the sides.
    const x = Math.max(0, at);
    const x2 = Math.min(widthPx, at + heightPx);
    const [y, y2] = slope === -1 ? [x - at, x2 - at] : [heightPx - (x - at), heightPx - (x2 - at)];
    if (x2 > x) lines.push({ x, x2, y, y2 });
  }
  return lines;
}
