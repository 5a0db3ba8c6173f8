import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { formatBytes } from '../output/format.ts';
import { keyHelp } from './keys.ts';
import type { ViewState } from './state.ts';
import { theme } from './theme.ts';

export function Help(): ReactElement {
  return (
    <Box flexDirection="column" borderStyle="round" paddingX={1}>
      {keyHelp.map(([keys, meaning]) => (
        <Text key={keys}>
          <Text bold>{keys.padEnd(14)}</Text>
          {meaning}
        </Text>
      ))}
    </Box>
  );
}

/** One failed image at a time, with all that is known about it. */
export function Failures({ state }: { readonly state: ViewState }): ReactElement {
  const record = state.failures[state.selectedFailure];
  return (
    <Box flexDirection="column" borderStyle="round" borderColor={theme.colors.bad} paddingX={1}>
      {record === undefined ? (
        <Text>No image has failed.</Text>
      ) : (
        <>
          <Text bold wrap="truncate">
            {`Failed image ${state.selectedFailure + 1} of ${state.failures.length}: ${record.image}`}
          </Text>
          <Text wrap="wrap">{record.error ?? 'no reason recorded'}</Text>
          <Text dimColor wrap="truncate">
            {[
              record.source === 'cloud' ? 'cloud' : 'on-prem',
              `repetition ${record.repetition}`,
              `attempt ${record.attempt}`,
              record.originalSizeBytes === null ? 'size unknown' : formatBytes(record.originalSizeBytes),
              record.environmentId ?? 'environment unknown',
              ...(record.requestId === null ? [] : [`request ${record.requestId}`]),
            ].join(', ')}
          </Text>
        </>
      )}
    </Box>
  );
}
