import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { formatDuration } from '../output/format.ts';
import { type StageId, stageIds, stageTitles } from '../stage-ids.ts';
import { bar, etaMs, shorten } from './figures.ts';
import type { StageView, ViewState } from './state.ts';
import { theme } from './theme.ts';

const titleWidth = 35;
const barWidth = 8;

const colors = {
  pending: theme.colors.faint,
  running: undefined,
  done: theme.colors.good,
  skipped: theme.colors.faint,
  failed: theme.colors.bad,
} as const;

/** One line per stage: state, title, progress with rate and ETA, or what came of it. */
export function StageList({ state, width, nowMs }: { readonly state: ViewState; readonly width: number; readonly nowMs: number }): ReactElement {
  return (
    <Box flexDirection="column">
      {stageIds.map((id) => (
        <StageLine key={id} id={id} view={state.stages[id]} width={width} nowMs={nowMs} />
      ))}
    </Box>
  );
}

function StageLine({ id, view, width, nowMs }: { readonly id: StageId; readonly view: StageView; readonly width: number; readonly nowMs: number }): ReactElement {
  const color = colors[view.status];
  return (
    <Box>
      <Text {...(color === undefined ? {} : { color })} bold={view.status === 'running'}>
        {theme.glyphs[view.status]} {stageTitles[id].padEnd(titleWidth)}
      </Text>
      <Text wrap="truncate" dimColor={view.status !== 'running' && view.status !== 'failed'}>
        {shorten(detail(view, nowMs), Math.max(0, width - titleWidth - 3))}
      </Text>
    </Box>
  );
}

function detail(view: StageView, nowMs: number): string {
  switch (view.status) {
    case 'pending':
      return '';
    case 'running': {
      const elapsedMs = nowMs - view.startedMs;
      if (view.progress === undefined) return formatDuration(elapsedMs);
      const { done, total, unit } = view.progress;
      const remainingMs = etaMs(view.progress, view.startedMs, nowMs);
      const eta = remainingMs === undefined ? '' : `  ETA ${formatDuration(remainingMs)}`;
      const rate = done > 0 && elapsedMs > 0 ? `  ${((done / elapsedMs) * 1000).toFixed(1)}/s` : '';
      const cells = bar(total === 0 ? 1 : done / total, barWidth, theme.glyphs.barFull, theme.glyphs.barEmpty);
      return `${cells} ${done}/${total} ${unit}${rate}${eta}`;
    }
    case 'done':
      return `${formatDuration(view.durationMs).padEnd(8)} ${view.summary}`;
    case 'skipped':
      return view.reason;
    case 'failed':
      return view.message;
  }
}
