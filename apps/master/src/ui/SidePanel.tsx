import { median, sampleOf, sortedSample } from '@skyground/statistics';
import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { formatMs } from '../output/format.ts';
import { bar, shorten, throughputPerS } from './figures.ts';
import type { SideView } from './state.ts';
import { theme } from './theme.ts';

export interface SideFigures {
  readonly throughputPerS: number | undefined;
  readonly medianMs: number | undefined;
}

export function figuresOf(side: SideView, nowMs: number): SideFigures {
  const sample = sampleOf(side.processingTimesMs);
  return {
    throughputPerS: throughputPerS(side, nowMs),
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

/** One side's live figures. Both panels stand beside each other, bars on the same scale. */
export function SidePanel({ title, color, side, figures, scale, total, width }: Props): ReactElement {
  const inner = width - 4;
  const barWidth = Math.max(4, inner - 26);
  const failed = side.failed === 0 ? '' : `, ${side.failed} failed`;
  return (
    <Box flexDirection="column" borderStyle="round" borderColor={color} width={width} paddingX={1}>
      <Text wrap="truncate">
        <Text bold color={color}>
          {title}
        </Text>
        {`  ${side.finished}/${total} images${failed}`}
      </Text>
      <Figure label="images/s" value={figures.throughputPerS} top={scale.throughputPerS} text={figures.throughputPerS?.toFixed(1)} barWidth={barWidth} color={color} />
      <Figure label="median" value={figures.medianMs} top={scale.medianMs} text={figures.medianMs === undefined ? undefined : formatMs(figures.medianMs)} barWidth={barWidth} color={color} />
      <Text wrap="truncate" dimColor>
        {shorten(`${side.inFlight.length} in flight${side.inFlight.length === 0 ? '' : `: ${side.inFlight.join(', ')}`}`, inner)}
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
  const share = props.value === undefined || props.top === undefined || props.top === 0 ? 0 : props.value / props.top;
  return (
    <Text wrap="truncate">
      {props.label.padEnd(10)}
      <Text color={props.color}>{bar(share, props.barWidth, theme.glyphs.barFull, theme.glyphs.barEmpty)}</Text>
      {` ${props.text ?? '-'}`}
    </Text>
  );
}
