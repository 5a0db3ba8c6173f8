import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { shorten } from './figures.ts';
import type { LogLine, ViewState } from './state.ts';
import { theme } from './theme.ts';

const colors: Readonly<Record<LogLine['level'], string | undefined>> = {
  info: undefined,
  warning: theme.colors.warn,
  error: theme.colors.bad,
};

const marks: Readonly<Record<LogLine['level'], string>> = { info: ' ', warning: '!', error: '✗' };

/** The newest lines, or those the person scrolled back to. */
export function LogPane({ state, width, height }: { readonly state: ViewState; readonly width: number; readonly height: number }): ReactElement {
  const end = state.log.length - (state.scrolledBack ?? 0);
  const start = Math.max(0, end - height);
  const lines = state.log.slice(start, end);
  return (
    <Box flexDirection="column" height={height} overflow="hidden">
      {lines.map((line, index) => {
        const color = colors[line.level];
        return (
          // The position is the identity: lines are only ever appended.
          <Text key={start + index} wrap="truncate" {...(color === undefined ? { dimColor: true } : { color })}>
            {shorten(`${marks[line.level]} ${line.text.replaceAll('\n', ' ')}`, width)}
          </Text>
        );
      })}
    </Box>
  );
}
