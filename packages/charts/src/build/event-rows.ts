import { isDrawable } from '../drawable.ts';
import { displayText, formatChosen, formatCount, plural, trimEnd, trimMiddle } from '../format.ts';
import type { ChartHeading } from './heading.ts';

export interface EventListRequest extends ChartHeading {
  /** In the order in which they happened, each with an id of its own. */
  readonly events: readonly TimedEvent[];
  /** Events whose timestamps are used, by their ids, under the names that the figures call them: `T_A_end`. */
  readonly marks: readonly { readonly id: number; readonly name: string }[];
  /** What was worked out from two marks: `Overhead_AB`. */
  readonly intervals?: readonly MarkedInterval[];
}

export interface TimedEvent {
  readonly id: number;
  /** `TaskStateEntered`. */
  readonly type: string;
  /** Of the state or the like; empty where the event has none. */
  readonly name: string;
  /** As the reader shall see it, with milliseconds. */
  readonly timestamp: string;
  readonly sinceStartMs: number;
}

export interface MarkedInterval {
  readonly name: string;
  /** Names of marks. */
  readonly fromMark: string;
  readonly toMark: string;
  readonly durationMs: number;
}

export type EventRow =
  | {
      readonly kind: 'event';
      readonly event: TimedEvent;
      /** As it is drawn, by column. */
      readonly cells: readonly [id: string, type: string, name: string, timestamp: string, since: string];
      /** Names of its marks, empty where its timestamp is not used. */
      readonly marks: readonly string[];
    }
  | { readonly kind: 'gap'; readonly text: string };

const MOST_ROWS = 48;
/** Events before and after a marked one that show where in the list it stands. */
const NEIGHBOURS = [2, 1, 0] as const;
const LONGEST_CELL = { type: 34, name: 26, timestamp: 26, mark: 30 } as const;

export const msText = (ms: number): string => (isDrawable(ms) ? `${formatChosen(ms)} ms` : 'no data');

/** Every event where they are few; else the marked ones with their neighbours, the first and the last, and what is left out between. */
export function eventRowsOf({ events, marks }: EventListRequest): readonly EventRow[] {
  const namesById = Map.groupBy(marks, ({ id }) => id);
  const kept = keptOf(events, new Set(namesById.keys()));
  const rows: EventRow[] = [];
  let leftOut = 0;
  events.forEach((event, index) => {
    if (!kept.has(index)) {
      leftOut += 1;
      if (kept.has(index + 1)) rows.push({ kind: 'gap', text: gapText(events, index, leftOut) });
      return;
    }
    leftOut = 0;
    rows.push({
      kind: 'event',
      event,
      cells: cellsOf(event),
      marks: (namesById.get(event.id) ?? []).map(({ name }) => markText(name)),
    });
  });
  return rows;
}

export const markText = (name: string): string => trimMiddle(displayText(name), LONGEST_CELL.mark);

const numberText = (value: number): string => (isDrawable(value) ? formatChosen(value) : '–');

function cellsOf({ id, type, name, timestamp, sinceStartMs }: TimedEvent) {
  return [
    numberText(id),
    trimEnd(displayText(type), LONGEST_CELL.type),
    trimMiddle(displayText(name), LONGEST_CELL.name),
    trimEnd(displayText(timestamp), LONGEST_CELL.timestamp),
    numberText(sinceStartMs),
  ] as const;
}

const gapText = (events: readonly TimedEvent[], lastIndex: number, count: number): string => {
  const [first, last] = [events[lastIndex - count + 1], events[lastIndex]];
  return `… ${plural(count, 'event')} (${numberText(first?.id ?? Number.NaN)} to ${numberText(last?.id ?? Number.NaN)}) not shown`;
};

/** Indexes of the events that are drawn. */
function keptOf(events: readonly TimedEvent[], marked: ReadonlySet<number>): ReadonlySet<number> {
  const all = new Set(events.keys());
  if (events.length <= MOST_ROWS) return all;
  const used = [...all].filter((index) => marked.has(events[index]?.id ?? Number.NaN));
  const last = events.length - 1;
  for (const radius of NEIGHBOURS) {
    const kept = withNeighbours([0, ...used, last], radius, last);
    if (rowCount(kept, last) <= MOST_ROWS) return kept;
  }
  // More marks than rows, every second of which may be a gap: the first ones, so that intervals between neighbours stay whole.
  return withNeighbours([0, ...used.slice(0, MOST_ROWS / 2 - 2), last], 0, last);
}

function withNeighbours(indexes: readonly number[], radius: number, last: number): ReadonlySet<number> {
  const kept = new Set<number>();
  for (const index of indexes) {
    for (let near = Math.max(0, index - radius); near <= Math.min(last, index + radius); near += 1)
      kept.add(near);
  }
  // A gap of one takes as much room as what it would leave out.
  for (const index of [...kept]) if (index + 2 <= last && kept.has(index + 2)) kept.add(index + 1);
  return kept;
}

const rowCount = (kept: ReadonlySet<number>, last: number): number =>
  [...kept].reduce((count, index) => count + (index < last && !kept.has(index + 1) ? 2 : 1), 0);

/** What is not shown of the list, as a line below the title. */
export const shownNote = (
  { events, marks }: EventListRequest,
  rows: readonly EventRow[],
): readonly string[] => {
  const shown = rows.filter(({ kind }) => kind === 'event').length;
  if (shown === events.length) return [];
  const drawnMarks = rows.reduce((count, row) => count + (row.kind === 'event' ? row.marks.length : 0), 0);
  const which = drawnMarks < marks.length ? `the first ${formatCount(drawnMarks)} marks` : 'those marked';
  return [`${formatCount(shown)} of ${plural(events.length, 'event')} shown: ${which}, and their neighbours`];
};
