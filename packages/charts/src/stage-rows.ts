import type { ChartInput } from './chart.ts';
import { displayText, trimMiddle } from './format.ts';
import { isCold, type MeasuredRow, measuredRows } from './rows.ts';

/** In the order of the cloud path. Neighbours differ strongly in lightness, and so do all in grey. */
export const STAGES = [
  { id: 'queue', colour: '#d8d8d8' },
  { id: 'init', colour: '#5b0f7d' },
  { id: 'download', colour: '#9bd0f0' },
  { id: 'process', colour: '#e69f00' },
  { id: 'upload', colour: '#00684f' },
  { id: 'other', colour: '#ffffff' },
] as const;

export type StageId = (typeof STAGES)[number]['id'];
export type StageTimes = Readonly<Record<StageId, number>>;

export interface StagedImage {
  readonly label: string;
  readonly cold: boolean;
  readonly ms: StageTimes;
}

/**
 * Where the time from event to stored output went. The queue delay runs until the handler starts, so an Init is
 * part of it and is taken out. undefined where a part was not measured: a guess would look like a measurement.
 */
const stageTimes = (row: MeasuredRow): StageTimes | undefined => {
  if (row.queueDelayMs === null || row.downloadMs === null || row.uploadMs === null) return undefined;
  const init = Math.min(row.initMs ?? 0, row.queueDelayMs);
  const known = row.queueDelayMs + row.downloadMs + row.processingTimeMs + row.uploadMs;
  return {
    queue: row.queueDelayMs - init,
    init,
    download: row.downloadMs,
    process: row.processingTimeMs,
    upload: row.uploadMs,
    other: row.endToEndMs === null ? 0 : Math.max(0, row.endToEndMs - known),
  };
};

export const stagedImages = (
  input: ChartInput,
): { readonly images: readonly StagedImage[]; readonly incomplete: number } => {
  const rows = measuredRows(input, 'cloud');
  const images = rows.flatMap((row) => {
    const ms = stageTimes(row);
    const again = row.repetition > 1 ? ` #${row.repetition}` : '';
    return ms === undefined
      ? []
      : [{ label: `${trimMiddle(displayText(row.image), 26)}${again}`, cold: isCold(row), ms }];
  });
  return { images, incomplete: rows.length - images.length };
};

/** undefined where there is no image to take a mean of. */
export const meanStages = (images: readonly StagedImage[]): StageTimes | undefined => {
  if (images.length === 0) return undefined;
  const meanOf = (id: StageId) => images.reduce((sum, { ms }) => sum + ms[id], 0) / images.length;
  return {
    queue: meanOf('queue'),
    init: meanOf('init'),
    download: meanOf('download'),
    process: meanOf('process'),
    upload: meanOf('upload'),
    other: meanOf('other'),
  };
};

export const totalMs = (ms: StageTimes): number => STAGES.reduce((sum, { id }) => sum + ms[id], 0);
