import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { theme } from '../theme.ts';
import type { StyledLine, TextStyle } from './block.ts';

const looks: Readonly<
  Record<TextStyle, { readonly color?: string; readonly bold?: boolean; readonly dimColor?: boolean }>
> = {
  text: {},
  label: {},
  value: {},
  space: {},
  heading: { bold: true },
  faint: { dimColor: true },
  axis: { dimColor: true },
  onPrem: { color: theme.colors.onPrem },
  cloud: { color: theme.colors.cloud },
  good: { color: theme.colors.good },
  bad: { color: theme.colors.bad },
  warn: { color: theme.colors.warn },
};

export function lookOf(style: TextStyle): (typeof looks)[TextStyle] {
  return looks[style];
}

/** As many lines as there is room for. */
export function StyledLines({
  lines,
  width,
  height,
}: {
  readonly lines: readonly StyledLine[];
  readonly width: number;
  readonly height: number;
}): ReactElement {
  return (
    <Box flexDirection="column" width={width} height={height} flexShrink={0} overflow="hidden">
      {lines.slice(0, height).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place on the screen; it has no state.
        <Text key={index} wrap="truncate">
          {line.map(({ text, style }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above.
            <Text key={place} {...looks[style]}>
              {text === '' ? ' ' : text}
            </Text>
          ))}
          {line.length === 0 ? ' ' : ''}
        </Text>
      ))}
    </Box>
  );
}
