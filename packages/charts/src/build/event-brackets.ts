import { pictureText } from '../format.ts';
import { type EventRow, type MarkedInterval, markText, msText } from './event-rows.ts';

/** An interval beside the list, between the middles of two rows. */
export interface Bracket {
  /** 0 stands next to the list: the short ones, so that no line crosses another's ends. */
  readonly lane: number;
  readonly from: number;
  readonly to: number;
  /** Row, not always whole, at which its text stands: as near to its middle as others leave room. */
  readonly textRow: number;
  readonly text: string;
}

/** Of those whose two marks are in the list, with how many are not. */
export function bracketsOf(rows: readonly EventRow[], intervals: readonly MarkedInterval[]) {
  const rowByMark = new Map<string, number>();
  rows.forEach((row, index) => {
    if (row.kind === 'event') for (const mark of row.marks) rowByMark.set(mark, index);
  });
  const placed = intervals.flatMap(({ name, fromMark, toMark, durationMs }) => {
    const [one, other] = [rowByMark.get(markText(fromMark)), rowByMark.get(markText(toMark))];
    return one === undefined || other === undefined
      ? []
      : [
          {
            from: Math.min(one, other),
            to: Math.max(one, other),
            text: pictureText(`${markText(name)} = ${msText(durationMs)}`),
          },
        ];
  });
  const textRows = apart(
    placed.map(({ from, to }) => (from + to) / 2),
    rows.length,
  );
  const lanes = lanesOf(placed);
  return {
    brackets: placed.map(
      (bracket, index): Bracket => ({ ...bracket, lane: lanes[index] ?? 0, textRow: textRows[index] ?? 0 }),
    ),
    leftOut: intervals.length - placed.length,
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Shorter ones first into the innermost lane that is free. */
function lanesOf(spans: readonly Span[]): readonly number[] {
  const lanes: Span[][] = [];
  const laneByIndex = new Map<number, number>();
  const shortFirst = spans
    .map((span, index) => ({ span, index }))
    .toSorted((a, b) => lengthOf(a.span) - lengthOf(b.span));
  for (const { span, index } of shortFirst) {
    const free = lanes.findIndex((own) => own.every((other) => span.to < other.from || span.from > other.to));
    const lane = free === -1 ? lanes.length : free;
    lanes[lane] = [...(lanes[lane] ?? []), span];
    laneByIndex.set(index, lane);
  }
  return spans.map((_, index) => laneByIndex.get(index) ?? 0);
}

const lengthOf = ({ from, to }: Span): number => to - from;

/** Places in the same order, at least one row apart from each other, none beyond the last row where that is possible. */
function apart(wanted: readonly number[], rowCount: number): readonly number[] {
  const order = wanted.map((_, index) => index).toSorted((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const places = new Map<number, number>();
  let free = 0;
  for (const index of order) {
    const place = Math.max(free, wanted[index] ?? 0);
    places.set(index, place);
    free = place + 1;
  }
  let limit = Math.max(rowCount, wanted.length) - 1;
  for (const index of order.toReversed()) {
    const place = Math.min(limit, places.get(index) ?? 0);
    places.set(index, place);
    limit = place - 1;
  }
  return wanted.map((_, index) => places.get(index) ?? 0);
}
