import type { ImageRecord } from '@skyground/metrics';
import type { ChartInput } from './chart.ts';
import { byCodeUnits } from './format.ts';
import type { Side } from './sides.ts';

/** A row that was processed successfully: what charts draw. */
export type MeasuredRow = ImageRecord & { readonly processingTimeMs: number };

const isMeasured = (row: ImageRecord): row is MeasuredRow =>
  row.status === 'ok' && row.processingTimeMs !== null;

/** All measured rows of one side by image, then repetition: the order of arrival does not change a picture. */
export const measuredRows = (input: ChartInput, side: Side): readonly MeasuredRow[] =>
  input.records
    .filter((row) => row.source === side)
    .filter(isMeasured)
    .sort((a, b) => byCodeUnits(a.image, b.image) || a.repetition - b.repetition || a.attempt - b.attempt);

export const isCold = (row: ImageRecord): boolean => row.cold === true;

/** The rows that summaries are made of. A row whose start is not known counts as warm. */
export const warmRows = (input: ChartInput, side: Side): readonly MeasuredRow[] =>
  measuredRows(input, side).filter((row) => !isCold(row));

export const coldRows = (input: ChartInput, side: Side): readonly MeasuredRow[] =>
  measuredRows(input, side).filter(isCold);

export const failedCount = (input: ChartInput, side: Side): number =>
  input.records.filter((row) => row.source === side && !isMeasured(row)).length;
