import { formatSeconds } from '../output/format.ts';
import { bar, etaMs, ratePerS } from './figures.ts';
import type { Progress } from './state.ts';
import { theme } from './theme.ts';

/** Bar, count, rate and time left. Columns keep their places while their figures change. */
export function progressText(progress: Progress, nowMs: number, barWidth: number): string {
  const { done, total } = progress;
  const rate = ratePerS(progress, nowMs);
  const remainingMs = etaMs(progress, nowMs);
  return [
    bar(total === 0 ? 1 : done / total, barWidth, theme.glyphs.barFull, theme.glyphs.barEmpty),
    `${String(done).padStart(String(total).length)}/${total}`,
    (rate === undefined ? '' : `${rate.toFixed(rate < 100 ? 1 : 0)}/s`).padStart(7),
    remainingMs === undefined ? '' : `ETA ${formatSeconds(remainingMs)}`,
  ].join(' ');
}
