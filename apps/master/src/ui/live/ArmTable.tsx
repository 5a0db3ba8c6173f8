import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { theme } from '../theme.ts';
import { type ArmRow, armHeader, armRow, armsInSight } from './arm-rows.ts';
import type { ArmView } from './state.ts';

interface Props {
  readonly arms: readonly ArmView[];
  readonly width: number;
  /** With the line of headings. */
  readonly height: number;
}

const figureWidth = 15;
const widestName = 40;

/** One line an arm: what it has done, and how it does. */
export function ArmTable({ arms, width, height }: Props): ReactElement {
  const { shown, left } = armsInSight(arms, height - 1);
  const longest = Math.max(armHeader.name.length, ...shown.map(({ name }) => name.length));
  const nameWidth = Math.min(longest, widestName, Math.max(8, width - 4 * figureWidth)) + 2;
  return (
    <Box flexDirection="column" height={height} flexShrink={0} overflow="hidden">
      <Row row={armHeader} nameWidth={nameWidth} isHeader />
      {shown.map((arm) => (
        <Row key={arm.name} row={armRow(arm)} nameWidth={nameWidth} hasFailed={arm.failed > 0} />
      ))}
      {left > 0 && <Text dimColor wrap="truncate">{`and ${left} more of ${arms.length} arms`}</Text>}
    </Box>
  );
}

function Row(props: {
  readonly row: ArmRow;
  readonly nameWidth: number;
  readonly isHeader?: boolean;
  readonly hasFailed?: boolean;
}): ReactElement {
  const { row, nameWidth, isHeader = false, hasFailed = false } = props;
  return (
    <Box height={1}>
      <Box width={nameWidth} flexShrink={0}>
        <Text wrap="truncate" dimColor={isHeader} bold={!isHeader}>
          {row.name}
        </Text>
      </Box>
      <Text wrap="truncate" dimColor={isHeader}>
        {[row.done, row.medianSoFar].map((text) => text.padEnd(figureWidth)).join('')}
        <Text {...(hasFailed ? { color: theme.colors.bad } : {})}>{row.failed.padEnd(figureWidth)}</Text>
        {row.cold}
      </Text>
    </Box>
  );
}
