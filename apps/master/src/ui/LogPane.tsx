import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import wrapAnsi from 'wrap-ansi';
import { type LogLine, type LogView, shownLines } from './log.ts';
import { theme } from './theme.ts';

const colors: Readonly<Record<LogLine['level'], string | undefined>> = {
  info: undefined,
  warning: theme.colors.warn,
  error: theme.colors.bad,
};

const marks: Readonly<Record<LogLine['level'], string>> = { info: ' ', warning: '!', error: '✗' };

/** The newest lines, or those the person scrolled back to. Long ones are folded: the end of an error is its reason. */
export function LogPane({
  state,
  width,
  height,
}: {
  readonly state: LogView;
  readonly width: number;
  readonly height: number;
}): ReactElement {
  const lines = shownLines(state);
  const end = lines.length - (state.scrolledBack ?? 0);
  const rows = lines
    .slice(Math.max(0, end - height), end)
    .flatMap((line) => folded(line, width))
    .slice(-height);
  return (
    <Box flexDirection="column" height={height}>
      {rows.map(({ level, text }, index) => {
        const color = colors[level];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place on the screen; it has no state.
          <Text key={index} wrap="truncate" {...(color === undefined ? { dimColor: true } : { color })}>
            {text}
          </Text>
        );
      })}
    </Box>
  );
}

function folded({ level, text }: LogLine, width: number): LogLine[] {
  const rows = wrapAnsi(text, Math.max(1, width - 2), { hard: true, trim: false }).split('\n');
  return rows.map((row, index) => ({ level, text: `${index === 0 ? marks[level] : ' '} ${row}` }));
}
