import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { formatDuration, formatSeconds, printable } from '../output/format.ts';
import { type StageId, stageIds, stageTitles } from '../stage-ids.ts';
import { progressText } from './progress-text.ts';
import type { StageView, ViewState } from './state.ts';
import { theme } from './theme.ts';

const titleWidth = Math.max(...Object.values(stageTitles).map((title) => title.length)) + 3;
const barWidth = 7;

const colors = {
  pending: theme.colors.faint,
  running: undefined,
  done: theme.colors.good,
  skipped: theme.colors.faint,
  stopped: theme.colors.warn,
  failed: theme.colors.bad,
} as const;

/** One line per stage: state, title, progress with rate and ETA, or what came of it. */
export function StageList({
  state,
  nowMs,
}: {
  readonly state: ViewState;
  readonly nowMs: number;
}): ReactElement {
  return (
    <Box flexDirection="column" flexShrink={0}>
      {stageIds.map((id) => (
        <StageLine key={id} id={id} view={state.stages[id]} nowMs={nowMs} />
      ))}
    </Box>
  );
}

function StageLine({
  id,
  view,
  nowMs,
}: {
  readonly id: StageId;
  readonly view: StageView;
  readonly nowMs: number;
}): ReactElement {
  const color = colors[view.status];
  return (
    <Box height={1}>
      <Box width={titleWidth} flexShrink={0}>
        <Text wrap="truncate" {...(color === undefined ? {} : { color })} bold={view.status === 'running'}>
          {theme.glyphs[view.status]} {stageTitles[id]}
        </Text>
      </Box>
      <Text wrap="truncate" dimColor={view.status !== 'running' && view.status !== 'failed'}>
        {detail(view, nowMs)}
      </Text>
    </Box>
  );
}

function detail(view: StageView, nowMs: number): string {
  switch (view.status) {
    case 'pending':
      return '';
    case 'running':
      return view.progress === undefined
        ? formatSeconds(nowMs - view.startedMs)
        : progressText(view.progress, nowMs, barWidth);
    case 'done':
      return `${formatDuration(view.durationMs).padEnd(8)} ${view.summary}`;
    case 'skipped':
      return view.reason;
    case 'stopped':
      return 'stopped';
    case 'failed':
      return printable(view.message).replaceAll('\n', ' ');
  }
}
