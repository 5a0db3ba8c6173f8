import type { Progress, SideView } from './state.ts';

/** Images per second since the side's first image; undefined until something finished. */
export function throughputPerS(side: SideView, nowMs: number): number | undefined {
  if (side.firstStartMs === undefined || side.finished === 0) return undefined;
  const untilMs = side.inFlight.length > 0 ? nowMs : (side.lastFinishMs ?? nowMs);
  const elapsedMs = untilMs - side.firstStartMs;
  return elapsedMs <= 0 ? undefined : (side.finished / elapsedMs) * 1000;
}

/** Remaining milliseconds at the pace so far; undefined until 3 items or 5 % are done, when the pace means something. */
export function etaMs(progress: Progress, startedMs: number, nowMs: number): number | undefined {
  const { done, total } = progress;
  if (done >= total || (done < 3 && done < total * 0.05) || done === 0) return undefined;
  return ((nowMs - startedMs) / done) * (total - done);
}

/** A bar of exactly `width` cells. */
export function bar(share: number, width: number, full: string, empty: string): string {
  const bounded = Math.min(1, Math.max(0, Number.isFinite(share) ? share : 0));
  const cells = Math.round(bounded * width);
  return full.repeat(cells) + empty.repeat(width - cells);
}

/** Shortens at the end, by code points, to at most `width` of them. */
export function shorten(text: string, width: number): string {
  const points = [...text];
  if (points.length <= width) return text;
  return width <= 1 ? points.slice(0, Math.max(0, width)).join('') : `${points.slice(0, width - 1).join('')}…`;
}
