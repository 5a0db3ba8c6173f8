import type { ArmValues } from '../build/arm-values.ts';
import type { ChartInput } from '../chart.ts';
import { coldRows, failedCount, type MeasuredRow, warmRows } from '../rows.ts';
import { SIDES, sideLabel } from '../sides.ts';

const times = (rows: readonly MeasuredRow[]): readonly number[] => rows.map((row) => row.processingTimeMs);

/** Processing times of both sides in ms, as the arms of a built chart. */
export const sideValues = (input: ChartInput): readonly ArmValues[] =>
  SIDES.map((side) => ({
    arm: sideLabel(side, input),
    warm: times(warmRows(input, side)),
    cold: times(coldRows(input, side)),
    failed: failedCount(input, side),
  }));

export const PROCESSING_TIME = { name: 'processing time', unit: 'ms' } as const;
