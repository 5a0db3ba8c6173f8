import { columnsOf, type Line, type SegmentRole, type TerminalOptions, toWidth } from './line.ts';

export interface Bar {
  readonly label: string;
  readonly role: SegmentRole;
  /** Zero or more; anything else is drawn as an empty bar. */
  readonly value: number;
  /** The value as text, with its unit. */
  readonly text: string;
}

/** Eighths of a block, from empty to seven. */
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

const LONGEST_LABEL = 24;

const drawn = (fraction: number, columns: number, ascii: boolean): string => {
  if (ascii) return '#'.repeat(Math.round(fraction * columns));
  const eighths = Math.round(fraction * columns * 8);
  // Something is more than nothing: a value above zero leaves a trace.
  const visible = fraction > 0 ? Math.max(1, eighths) : 0;
  return '█'.repeat(Math.floor(visible / 8)) + (EIGHTHS[visible % 8] ?? '');
};

/** One line a bar, all on one scale from zero to the largest value: `on-prem  ██████▌ 41.2 ms`. */
export const terminalBars = (bars: readonly Bar[], options: TerminalOptions): readonly Line[] => {
  const columns = columnsOf(options);
  const ascii = options.ascii === true;
  const values = bars.map(({ value }) => (Number.isFinite(value) && value > 0 ? value : 0));
  const largest = Math.max(0, ...values);
  const longest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => text.length));
  const labelColumns = Math.min(
    longest(bars.map(({ label }) => label)),
    LONGEST_LABEL,
    Math.floor(columns * 0.3),
  );
  const textColumns = Math.min(longest(bars.map(({ text }) => text)), Math.floor(columns * 0.4));
  const barColumns = columns - labelColumns - textColumns - 3;
  return bars.map(({ label, role, text }, index) => {
    const bar = drawn(largest === 0 ? 0 : (values[index] ?? 0) / largest, barColumns, ascii);
    return [
      { text: toWidth(label, labelColumns, ascii), role: 'label' },
      { text: '  ', role: 'space' },
      { text: bar, role },
      { text: ' ', role: 'space' },
      { text: toWidth(text, textColumns, ascii).trimEnd(), role: 'value' },
    ];
  });
};
