import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { KeyHelp } from './keys.ts';

/** The table of keys. */
export function Help({ keys, height }: { readonly keys: KeyHelp; readonly height: number }): ReactElement {
  const width = Math.max(...keys.map(([names]) => names.length)) + 2;
  return (
    <Box flexDirection="column" borderStyle="round" paddingX={1} height={height} overflow="hidden">
      {keys.map(([names, meaning]) => (
        <Text key={names} wrap="truncate">
          <Text bold>{names.padEnd(width)}</Text>
          {meaning}
        </Text>
      ))}
    </Box>
  );
}
