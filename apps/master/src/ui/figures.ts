import type { Progress, SideView } from './state.ts';

/** Images per second from the first one's start to the last one's end so far; undefined until something finished. */
export function throughputPerS({ pace }: Pick<SideView, 'pace'>): number | undefined {
  if (pace === undefined || pace.lastEndMs <= pace.firstStartMs) return undefined;
  return (pace.finished / (pace.lastEndMs - pace.firstStartMs)) * 1000;
}

/** Items per second since counting began; undefined until something was done. */
export function ratePerS({ done, firstDone, firstMs }: Progress, nowMs: number): number | undefined {
  return done <= firstDone || nowMs <= firstMs ? undefined : ((done - firstDone) / (nowMs - firstMs)) * 1000;
}

/** Remaining milliseconds at the pace so far; undefined until 3 items or 5 % are done, when the pace means something. */
export function etaMs(progress: Progress, nowMs: number): number | undefined {
  const { done, total, firstDone } = progress;
  const rate = ratePerS(progress, nowMs);
  if (rate === undefined || done >= total) return undefined;
  const doneNow = done - firstDone;
  return doneNow < 3 && doneNow < (total - firstDone) * 0.05 ? undefined : ((total - done) / rate) * 1000;
}

/** A bar of exactly `width` cells. */
export function bar(share: number, width: number, full: string, empty: string): string {
  const bounded = Math.min(1, Math.max(0, Number.isFinite(share) ? share : 0));
  const cells = Math.round(bounded * width);
  return full.repeat(cells) + empty.repeat(width - cells);
}
