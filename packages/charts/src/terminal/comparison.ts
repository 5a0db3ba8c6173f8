import type { ChartInput } from '../chart.ts';
import { formatMs } from '../format.ts';
import { warmRows } from '../rows.ts';
import { SIDES, sideLabel } from '../sides.ts';
import { summariseBoth } from '../summary.ts';
import { terminalBars } from './bars.ts';
import { terminalBoxPlots } from './box-plots.ts';
import type { Line, TerminalOptions } from './line.ts';

const ROLE = { on_prem: 'onPrem', cloud: 'cloud' } as const;

const heading = (text: string): Line => [{ text, role: 'label' }];

/** Both sides in the terminal: mean processing time as bars, its distribution as box plots; warm images only. */
export const terminalCharts = (input: ChartInput, options: TerminalOptions): readonly Line[] => [
  heading('mean time (ms)'),
  ...terminalBars(
    summariseBoth(input).map(({ side, label, summary }) => ({
      label,
      role: ROLE[side],
      value: summary?.figures.mean ?? 0,
      text: summary === undefined ? 'no data' : formatMs(summary.figures.mean),
    })),
    options,
  ),
  [],
  heading('spread (ms)'),
  ...terminalBoxPlots(
    SIDES.map((side) => ({
      label: sideLabel(side, input),
      role: ROLE[side],
      values: warmRows(input, side).map((row) => row.processingTimeMs),
    })),
    'ms',
    options,
  ),
];
