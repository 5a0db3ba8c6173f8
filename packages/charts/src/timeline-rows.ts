import type { ChartInput } from './chart.ts';
import { byCodeUnits, displayText, trimMiddle } from './format.ts';
import { isCold, type MeasuredRow, measuredRows } from './rows.ts';
import { SHORT_LABEL, SIDES, type Side } from './sides.ts';

const LONGEST_ID = 16;

/** One image in the environment that processed it; times in seconds since its side's start. */
export interface Occupation {
  readonly side: Side;
  readonly lane: number;
  readonly initStartS: number;
  readonly startS: number;
  readonly endS: number;
  readonly cold: boolean;
}

export interface Timeline {
  readonly lanes: readonly { readonly side: Side; readonly label: string }[];
  readonly occupations: readonly Occupation[];
}

/** From the first image handed over to its output stored; the environment's work is the part after the queue. */
const intervalMs = (row: MeasuredRow) => {
  const endMs = Date.parse(row.timestamp);
  const workMs =
    row.endToEndMs !== null && row.queueDelayMs !== null && row.endToEndMs >= row.queueDelayMs
      ? row.endToEndMs - row.queueDelayMs
      : (row.downloadMs ?? 0) + row.processingTimeMs + (row.uploadMs ?? 0);
  const startMs = endMs - workMs;
  return {
    endMs,
    startMs,
    initStartMs: startMs - (row.initMs ?? 0),
    handedOverMs: Math.min(startMs - (row.initMs ?? 0), endMs - (row.endToEndMs ?? 0)),
  };
};

const sideTimeline = (input: ChartInput, side: Side, firstLane: number): Timeline => {
  const rows = measuredRows(input, side).map((row) => ({ row, ...intervalMs(row) }));
  const sideStartMs = rows.reduce(
    (first, { handedOverMs }) => Math.min(first, handedOverMs),
    Number.POSITIVE_INFINITY,
  );
  const inOrder = [...rows].sort((a, b) => a.startMs - b.startMs || byCodeUnits(a.row.image, b.row.image));
  const laneOf = new Map<string, number>();
  for (const { row } of inOrder) {
    const id = row.environmentId ?? 'not known';
    if (!laneOf.has(id)) laneOf.set(id, firstLane + laneOf.size);
  }
  return {
    lanes: Array.from(laneOf.keys(), (id) => ({
      side,
      label: `${SHORT_LABEL[side]} ${trimMiddle(displayText(id), LONGEST_ID)}`,
    })),
    occupations: inOrder.map(({ row, startMs, endMs, initStartMs }) => ({
      side,
      lane: laneOf.get(row.environmentId ?? 'not known') ?? firstLane,
      initStartS: (initStartMs - sideStartMs) / 1_000,
      startS: (startMs - sideStartMs) / 1_000,
      endS: (endMs - sideStartMs) / 1_000,
      cold: isCold(row),
    })),
  };
};

/** Every image of both sides, one lane per worker or environment, on-prem lanes first. */
export const timelineOf = (input: ChartInput): Timeline => {
  const lanes: Timeline['lanes'][number][] = [];
  const occupations: Occupation[] = [];
  for (const side of SIDES) {
    const one = sideTimeline(input, side, lanes.length);
    lanes.push(...one.lanes);
    occupations.push(...one.occupations);
  }
  return { lanes, occupations };
};
