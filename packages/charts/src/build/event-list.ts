import type { DrawnChart } from '../drawn-chart.ts';
import { plural } from '../format.ts';
import { noDataFramed, noDataSentence } from '../framed.ts';
import { paragraph } from '../sentence.ts';
import { eventListSpec } from './event-list-spec.ts';
import { type EventListRequest, type EventRow, eventRowsOf, markText, msText } from './event-rows.ts';

const NOTHING = 'the list has no events';
/** More cannot be listened to. */
const MOST_SAID = 12;

/** The events of one execution as a list, with those whose timestamps are used named, and what was worked out from them. */
export const eventListChart = (request: EventListRequest): DrawnChart => {
  const { id, title, lines = [], remark = '', events, intervals = [] } = request;
  const rows = eventRowsOf(request);
  const isEmpty = events.length === 0;
  const worked = inWords(
    intervals.map(
      ({ name, fromMark, toMark, durationMs }) =>
        `${markText(name)}, from ${markText(fromMark)} to ${markText(toMark)}, is ${msText(durationMs)}`,
    ),
  );
  const used = inWords(rows.flatMap(usedOf));
  return {
    id,
    title,
    spec: isEmpty ? noDataFramed(title, lines, NOTHING) : eventListSpec(request, rows),
    readingSentence: isEmpty
      ? noDataSentence(NOTHING)
      : paragraph(
          worked === '' ? '' : `${worked}.`,
          remark,
          used === ''
            ? `The list has ${plural(events.length, 'event')}.`
            : 'The highlighted events are those whose timestamps are used, by the names at their right.',
        ),
    altText: isEmpty
      ? 'List of events: no data.'
      : `List of ${plural(events.length, 'event')}${used === '' ? '' : `; used are ${used}`}${worked === '' ? '' : `; ${worked}`}.`,
    table: {
      columns: ['ID', 'type', 'name', 'timestamp', 'since start (ms)', 'used as'],
      rows: rows.flatMap((row) => (row.kind === 'event' ? [[...row.cells, row.marks.join(', ')]] : [])),
    },
  };
};

const usedOf = (row: EventRow): readonly string[] =>
  row.kind === 'gap'
    ? []
    : row.marks.map((mark) => `${mark}: event ${row.cells[0]}, ${row.cells[1]} at ${row.cells[3]}`);

const inWords = (said: readonly string[]): string =>
  said.length > MOST_SAID
    ? `${said.slice(0, MOST_SAID).join('; ')}; and ${said.length - MOST_SAID} more`
    : said.join('; ');
