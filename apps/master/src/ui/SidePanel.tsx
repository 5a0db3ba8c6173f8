import { median, sampleOf, sortedSample } from '@skyground/statistics';
import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { formatMs } from '../output/format.ts';
import { bar, throughputPerS } from './figures.ts';
import type { SideView } from './state.ts';
import { theme } from './theme.ts';

export interface SideFigures {
  readonly throughputPerS: number | undefined;
  readonly medianMs: number | undefined;
}

export function figuresOf(side: SideView): SideFigures {
  const sample = sampleOf(side.recentTimesMs);
  return {
    throughputPerS: throughputPerS(side),
    medianMs: sample === undefined ? undefined : median(sortedSample(sample)),
  };
}

interface Props {
  readonly title: string;
  readonly color: string;
  readonly side: SideView;
  readonly figures: SideFigures;
  /** The larger of both sides' figures: both panels' bars share one scale. */
  readonly scale: SideFigures;
  readonly total: number;
  readonly width: number;
}

/** What stands beside a bar: borders, padding, label and figure. */
const besideBar = 4 + 10 + 10;

/** One side's live figures. Both panels stand beside each other, bars on the same scale. */
export function SidePanel({ title, color, side, figures, scale, total, width }: Props): ReactElement {
  const barWidth = Math.max(0, width - besideBar);
  const failed = side.failed === 0 ? '' : `, ${side.failed} failed`;
  const names = side.inFlightNames.length === 0 ? '' : `: ${side.inFlightNames.join(', ')}`;
  return (
    <Box flexDirection="column" borderStyle="round" borderColor={color} width={width} paddingX={1}>
      <Text wrap="truncate">
        <Text bold color={color}>
          {title}
        </Text>
        {`  ${side.finished}/${total} images${failed}`}
      </Text>
      <Figure
        label="images/s"
        value={figures.throughputPerS}
        top={scale.throughputPerS}
        text={figures.throughputPerS?.toFixed(1)}
        barWidth={barWidth}
        color={color}
      />
      <Figure
        label="median"
        value={figures.medianMs}
        top={scale.medianMs}
        text={figures.medianMs === undefined ? undefined : formatMs(figures.medianMs)}
        barWidth={barWidth}
        color={color}
      />
      <Text wrap="truncate" dimColor>
        {`${side.inFlight} in flight${names}`}
      </Text>
    </Box>
  );
}

function Figure(props: {
  readonly label: string;
  readonly value: number | undefined;
  readonly top: number | undefined;
  readonly text: string | undefined;
  readonly barWidth: number;
  readonly color: string;
}): ReactElement {
  const share =
    props.value === undefined || props.top === undefined || props.top === 0 ? 0 : props.value / props.top;
  return (
    <Text wrap="truncate">
      {props.label.padEnd(10)}
      <Text color={props.color}>
        {bar(share, props.barWidth, theme.glyphs.barFull, theme.glyphs.barEmpty)}
      </Text>
      {` ${props.text ?? '-'}`}
    </Text>
  );
}
