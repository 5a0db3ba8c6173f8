import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { theme } from '../theme.ts';
import { type ListRow, window } from './list-rows.ts';
import { lookOf } from './StyledLines.tsx';

interface Props {
  readonly rows: readonly ListRow[];
  readonly selected: number;
  readonly width: number;
  readonly height: number;
}

const longestName = 44;
const stateWidth = 12;
const whenWidth = 22;
/** Less of a sentence says nothing; the selected row's stands below the list in full. */
const shortestHeadline = 24;

/** One line a row; the selected one has a mark of its own, so that it is seen without colour. */
export function List({ rows, selected, width, height }: Props): ReactElement {
  const { shown, from } = window(rows, selected, height);
  const nameWidth = Math.min(longestName, Math.max(0, ...rows.map(({ name }) => name.length))) + 2;
  const hasHeadlines = width - nameWidth - 2 - stateWidth - whenWidth >= shortestHeadline;
  return (
    <Box flexDirection="column" height={height} flexShrink={0} overflow="hidden">
      {shown.map(({ key, name, state, style, when, headline }, index) => {
        const isSelected = from + index === selected;
        return (
          <Box key={key} height={1}>
            <Box width={nameWidth + 2} flexShrink={0}>
              <Text wrap="truncate" bold={isSelected}>
                {`${isSelected ? theme.glyphs.running : ' '} ${name}`}
              </Text>
            </Box>
            <Box width={stateWidth} flexShrink={0}>
              <Text wrap="truncate" {...lookOf(style)}>
                {state}
              </Text>
            </Box>
            <Text wrap="truncate">
              {when.padEnd(whenWidth)}
              {hasHeadlines ? headline : ''}
            </Text>
          </Box>
        );
      })}
    </Box>
  );
}
