import { summarise } from '@skyground/statistics';
import { drawable } from '../drawable.ts';
import { formatCount, formatQuantity } from '../format.ts';
import { terminalBars } from './bars.ts';
import { terminalBoxPlots } from './box-plots.ts';
import type { Line, SegmentRole, TerminalOptions } from './line.ts';

/** What was measured of a run, whatever it measured. */
export interface TerminalRun {
  /** In the order of the plan: it decides the colours. */
  readonly arms: readonly { readonly label: string; readonly values: readonly number[] }[];
  /** Of the values: `ms`. */
  readonly unit: string;
}

/** Two colours in turn: labels tell more than two arms apart. */
const roleOf = (index: number): SegmentRole => (index % 2 === 0 ? 'onPrem' : 'cloud');

const heading = (text: string): Line => [{ text, role: 'label' }];

/** A run in the terminal: its medians as bars, its spread as box plots. */
export const terminalRun = ({ arms, unit }: TerminalRun, options: TerminalOptions): readonly Line[] => {
  const groups = arms.map(({ label, values }, index) => ({
    label,
    role: roleOf(index),
    values: drawable(values),
  }));
  const bars = groups.map(({ label, role, values }) => {
    const figures = summarise(values);
    return figures.kind === 'empty'
      ? { label, role, value: 0, text: 'no data' }
      : {
          label,
          role,
          value: figures.median,
          text: `${formatQuantity(figures.median, unit)} (n = ${formatCount(figures.n)})`,
        };
  });
  return [
    heading('median'),
    ...terminalBars(bars, options),
    [],
    heading('spread'),
    ...terminalBoxPlots(groups, unit, options),
  ];
};
