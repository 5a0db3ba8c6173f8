import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { formatBytes, printable } from '../output/format.ts';
import { Help } from './Help.tsx';
import { mainKeyHelp } from './keys.ts';
import type { ViewState } from './state.ts';
import { theme } from './theme.ts';

interface Props {
  readonly state: ViewState;
  readonly height: number;
}

/** What stands in the log's place while it is asked for. */
export function Overlay({ state, height }: Props): ReactElement | null {
  if (state.question !== undefined) return <Question question={state.question} height={height} />;
  if (state.overlay === 'help') return <Help keys={mainKeyHelp} height={height} />;
  if (state.overlay === 'failures') return <Failures state={state} height={height} />;
  return null;
}

function Question({
  question,
  height,
}: {
  readonly question: string;
  readonly height: number;
}): ReactElement {
  return (
    <Box
      flexDirection="column"
      borderStyle="round"
      borderColor={theme.colors.warn}
      paddingX={1}
      height={height}
      overflow="hidden"
    >
      <Text bold>{printable(question)}</Text>
    </Box>
  );
}

/** One failed image at a time, with all that is known about it. */
function Failures({ state, height }: Props): ReactElement {
  const record = state.failures[state.selectedFailure];
  if (record === undefined) {
    return (
      <Box borderStyle="round" paddingX={1} height={height} overflow="hidden">
        <Text>No image has failed.</Text>
      </Box>
    );
  }
  const facts = [
    record.source === 'cloud' ? 'cloud' : 'on-prem',
    `repetition ${record.repetition}`,
    `attempt ${record.attempt}`,
    record.originalSizeBytes === null ? 'size unknown' : formatBytes(record.originalSizeBytes),
    record.environmentId ?? 'environment unknown',
    ...(record.source === 'cloud' && record.requestId !== null ? [`request ${record.requestId}`] : []),
  ];
  return (
    <Box
      flexDirection="column"
      borderStyle="round"
      borderColor={theme.colors.bad}
      paddingX={1}
      height={height}
      overflow="hidden"
    >
      <Box flexDirection="column" flexShrink={0}>
        <Text bold wrap="truncate">
          {`Failed image ${state.selectedFailure + 1} of ${state.failures.length}: ${printable(record.image)}`}
        </Text>
        <Text dimColor wrap="truncate">
          {facts.join(', ')}
        </Text>
      </Box>
      <Text>{printable(record.error ?? 'no reason recorded')}</Text>
    </Box>
  );
}
