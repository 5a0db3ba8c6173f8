import { Box, Text, useWindowSize } from 'ink';
import { type ReactElement, useEffect, useState, useSyncExternalStore } from 'react';
import { formatDuration } from '../output/format.ts';
import { stageIds } from '../stage-ids.ts';
import { shorten } from './figures.ts';
import { useKeys } from './keys.ts';
import { LogPane } from './LogPane.tsx';
import { Failures, Help } from './Overlay.tsx';
import { figuresOf, type SideFigures, SidePanel } from './SidePanel.tsx';
import { StageList } from './StageList.tsx';
import { finishedStages, type ViewState } from './state.ts';
import type { ViewStore } from './store.ts';
import { theme } from './theme.ts';

interface Props {
  readonly store: ViewStore;
  readonly requestStop: () => void;
  readonly answer: (agreed: boolean) => void;
}

/** The whole screen. Heights are fixed but for the log pane, which takes what is left. */
export function App({ store, requestStop, answer }: Props): ReactElement {
  const state = useSyncExternalStore(store.subscribe, store.get);
  const { columns, rows } = useWindowSize();
  const nowMs = useNow();
  const width = Math.max(40, columns);
  const overlayRows = state.overlay === 'help' ? 8 : state.overlay === 'failures' ? 6 : 0;
  const logHeight = Math.max(1, rows - 1 - titleRows - stageIds.length - panelRows - footerRows - overlayRows);

  useKeys({ dispatch: store.key, requestStop, question: state.question, answer, pageLines: logHeight });

  return (
    <Box flexDirection="column" width={width}>
      <Title state={state} width={width} nowMs={nowMs} />
      <StageList state={state} width={width} nowMs={nowMs} />
      <Panels state={state} width={width} nowMs={nowMs} />
      {state.overlay === 'help' && <Help />}
      {state.overlay === 'failures' && <Failures state={state} />}
      <LogPane state={state} width={width} height={logHeight} />
      <Footer state={state} width={width} />
    </Box>
  );
}

const titleRows = 1;
const panelRows = 6;
const footerRows = 1;

/** Re-renders twice a second, for elapsed times; everything else is drawn when it happens. */
function useNow(): number {
  const [nowMs, setNowMs] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(performance.now()), 500);
    return () => clearInterval(timer);
  }, []);
  // An event may be newer than the last tick: elapsed times must not become negative.
  return Math.max(nowMs, performance.now());
}

function Title({ state, width, nowMs }: { readonly state: ViewState; readonly width: number; readonly nowMs: number }): ReactElement {
  const run = state.run;
  const what =
    run === undefined
      ? 'starting'
      : `${run.images} images${run.repetitions === 1 ? '' : ` x ${run.repetitions}`}, on-prem against ${run.targetLabel}`;
  const stage = `${finishedStages(state)}/${stageIds.length} stages  ${formatDuration(nowMs - state.startedMs)}`;
  return (
    <Box justifyContent="space-between" width={width}>
      <Text wrap="truncate">
        <Text bold>Skyground</Text>
        {`  ${shorten(what, Math.max(0, width - stage.length - 13))}`}
      </Text>
      <Text dimColor>{stage}</Text>
    </Box>
  );
}

function Panels({ state, width, nowMs }: { readonly state: ViewState; readonly width: number; readonly nowMs: number }): ReactElement {
  const onPrem = figuresOf(state.sides.on_prem, nowMs);
  const cloud = figuresOf(state.sides.cloud, nowMs);
  const scale: SideFigures = {
    throughputPerS: largest(onPrem.throughputPerS, cloud.throughputPerS),
    medianMs: largest(onPrem.medianMs, cloud.medianMs),
  };
  const total = state.run === undefined ? 0 : state.run.images * state.run.repetitions;
  const left = Math.floor(width / 2);
  return (
    <Box>
      <SidePanel title="on-prem" color={theme.colors.onPrem} side={state.sides.on_prem} figures={onPrem} scale={scale} total={total} width={left} />
      <SidePanel title={state.run?.targetLabel ?? 'cloud'} color={theme.colors.cloud} side={state.sides.cloud} figures={cloud} scale={scale} total={total} width={width - left} />
    </Box>
  );
}

function largest(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.max(a, b);
}

function Footer({ state, width }: { readonly state: ViewState; readonly width: number }): ReactElement {
  if (state.question !== undefined) {
    return (
      <Text bold color={theme.colors.warn} wrap="truncate">
        {shorten(`${state.question} [y/n]`, width)}
      </Text>
    );
  }
  const log = state.scrolledBack === undefined ? 'p pause log' : 'p follow log (paused)';
  const failures = state.failures.length === 0 ? '' : `  f ${state.failures.length} failed`;
  return (
    <Text dimColor wrap="truncate">
      {shorten(`? help  ${log}${failures}  ${state.stopping ? 'stopping, q again to leave' : 'q stop'}`, width)}
    </Text>
  );
}
