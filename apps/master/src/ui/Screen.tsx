import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { formatSeconds } from '../output/format.ts';
import { stageIds } from '../stage-ids.ts';
import { LogPane } from './LogPane.tsx';
import { logHint } from './log.ts';
import { Overlay } from './Overlay.tsx';
import { figuresOf, type SideFigures, SidePanel } from './SidePanel.tsx';
import { StageList } from './StageList.tsx';
import { finishedStages, type ViewState } from './state.ts';
import { theme } from './theme.ts';

interface Props {
  readonly state: ViewState;
  readonly place: string;
  readonly columns: number;
  readonly rows: number;
  readonly nowMs: number;
}

const titleRows = 1;
const panelRows = 6;
const footerRows = 1;
/** A view as tall as the terminal is redrawn from scratch at every change, and flickers. */
const spareRows = 1;

/** Rows for the log: what the rest leaves. */
export function logHeightOf(rows: number): number {
  return Math.max(1, rows - spareRows - titleRows - stageIds.length - panelRows - footerRows);
}

/** The whole screen as a function of the state. Never larger than the terminal: what does not fit is cut. */
export function Screen({ state, place, columns, rows, nowMs }: Props): ReactElement {
  const logHeight = logHeightOf(rows);
  const isCovered = state.overlay !== 'none' || state.question !== undefined;
  return (
    <Box flexDirection="column" width={columns} height={Math.max(1, rows - spareRows)} overflow="hidden">
      <Title state={state} place={place} nowMs={nowMs} />
      <StageList state={state} nowMs={nowMs} />
      <Panels state={state} width={columns} />
      {isCovered ? (
        <Overlay state={state} height={logHeight} />
      ) : (
        <LogPane state={state} width={columns} height={logHeight} />
      )}
      <Footer state={state} />
    </Box>
  );
}

function Title({ state, place, nowMs }: Pick<Props, 'state' | 'place' | 'nowMs'>): ReactElement {
  const run = state.run;
  const what =
    run === undefined
      ? 'starting'
      : `${run.images} images${run.repetitions === 1 ? '' : ` x ${run.repetitions}`}, on-prem against ${run.targetLabel}`;
  return (
    <Box height={1} flexShrink={0} justifyContent="space-between" columnGap={2}>
      <Text wrap="truncate">
        <Text bold>Skyground</Text>
        {`  ${place}${what}`}
      </Text>
      <Box flexShrink={0}>
        <Text
          dimColor
        >{`${finishedStages(state)}/${stageIds.length} stages  ${formatSeconds(nowMs - state.startedMs)}`}</Text>
      </Box>
    </Box>
  );
}

function Panels({ state, width }: { readonly state: ViewState; readonly width: number }): ReactElement {
  const onPrem = figuresOf(state.sides.on_prem);
  const cloud = figuresOf(state.sides.cloud);
  const scale: SideFigures = {
    throughputPerS: largest(onPrem.throughputPerS, cloud.throughputPerS),
    medianMs: largest(onPrem.medianMs, cloud.medianMs),
  };
  const total = state.run === undefined ? 0 : state.run.images * state.run.repetitions;
  const left = Math.floor(width / 2);
  return (
    <Box height={panelRows} flexShrink={0}>
      <SidePanel
        title="on-prem"
        color={theme.colors.onPrem}
        side={state.sides.on_prem}
        figures={onPrem}
        scale={scale}
        total={total}
        width={left}
      />
      <SidePanel
        title={state.run?.targetLabel ?? 'cloud'}
        color={theme.colors.cloud}
        side={state.sides.cloud}
        figures={cloud}
        scale={scale}
        total={total}
        width={width - left}
      />
    </Box>
  );
}

function largest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

function Footer({ state }: { readonly state: ViewState }): ReactElement {
  if (state.question !== undefined) {
    return (
      <Text bold color={theme.colors.warn} wrap="truncate">
        {'y yes, delete  n no, leave everything as it is'}
      </Text>
    );
  }
  const failures = state.failures.length === 0 ? '' : `  f ${state.failures.length} failed`;
  return (
    <Text dimColor wrap="truncate">
      {`? ${state.overlay === 'help' ? 'close help' : 'help'}  ${logHint(state)}${failures}  ${state.stopping ? 'stopping, q again to leave at once' : 'q stop'}`}
    </Text>
  );
}
