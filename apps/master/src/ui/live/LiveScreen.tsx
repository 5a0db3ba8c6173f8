import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { formatSeconds } from '../../output/format.ts';
import { Help } from '../Help.tsx';
import { keyHelp } from '../keys.ts';
import { LogPane } from '../LogPane.tsx';
import { logHint } from '../log.ts';
import { progressText } from '../progress-text.ts';
import { theme } from '../theme.ts';
import { ArmTable } from './ArmTable.tsx';
import type { LiveState } from './state.ts';

interface Props {
  readonly state: LiveState;
  readonly columns: number;
  readonly rows: number;
  readonly nowMs: number;
}

/** Title, activity, progress, footer, and a row that stays free: a view as tall as the terminal flickers. */
const fixedRows = 5;

/** Rows for the arms, with their headings, and for the log. */
export function heightsOf(rows: number, arms: number): { readonly arms: number; readonly log: number } {
  const free = Math.max(3, rows - fixedRows);
  const forArms = Math.min(arms + 1, Math.ceil(free / 2));
  return { arms: forArms, log: free - forArms };
}

/** The whole screen as a function of the state. Never larger than the terminal: what does not fit is cut. */
export function LiveScreen({ state, columns, rows, nowMs }: Props): ReactElement {
  const heights = heightsOf(rows, state.arms.length);
  return (
    <Box flexDirection="column" width={columns} height={Math.max(1, rows - 1)} overflow="hidden">
      <Title state={state} nowMs={nowMs} />
      <Text wrap="truncate">{`${theme.glyphs.running} ${state.activity}`}</Text>
      <Text wrap="truncate">{progressLine(state, nowMs, columns)}</Text>
      <ArmTable arms={state.arms} width={columns} height={heights.arms} />
      {state.overlay === 'help' ? (
        <Help keys={keyHelp} height={heights.log} />
      ) : (
        <LogPane state={state} width={columns} height={heights.log} />
      )}
      <Text dimColor wrap="truncate">
        {`? ${state.overlay === 'help' ? 'close help' : 'help'}  ${logHint(state)}  ${state.isStopping ? 'stopping, q again to leave at once' : 'q stop'}`}
      </Text>
    </Box>
  );
}

function Title({ state, nowMs }: { readonly state: LiveState; readonly nowMs: number }): ReactElement {
  const where = state.targetLabel === undefined ? '' : `, ${state.targetLabel}`;
  return (
    <Box height={1} flexShrink={0} justifyContent="space-between" columnGap={2}>
      <Text wrap="truncate">
        <Text bold>Skyground</Text>
        {`  ${state.title}${where}`}
      </Text>
      <Box flexShrink={0}>
        <Text dimColor>{formatSeconds(nowMs - state.startedMs)}</Text>
      </Box>
    </Box>
  );
}

/** What stands beside the bar: count, rate, time left. */
const besideBar = 45;

function progressLine({ progress, units, finishedUnits }: LiveState, nowMs: number, columns: number): string {
  const known = progress ?? {
    done: finishedUnits,
    total: units,
    unit: 'units',
    firstDone: finishedUnits,
    firstMs: nowMs,
  };
  return units === 0 ? '' : progressText(known, nowMs, Math.max(7, columns - besideBar));
}
