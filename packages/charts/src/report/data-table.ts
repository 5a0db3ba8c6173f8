import type { DataTable } from '../chart.ts';
import { textHtml } from '../escape.ts';
import { formatCount } from '../format.ts';

/** Longer tables are folded, and cut where they no longer help: the CSVs hold every row. */
const MOST_OPEN_ROWS = 8;
const MOST_ROWS = 200;

/** What is written to be compared digit by digit, and so stands at the right. */
const FIGURE = /^(?:[-+−≈<>]?\s?\d|n\/a|too few|$)/i;

/** Characters that a column of names or words may take on a phone. */
const LONG = 26;

/** A table with its caption; rows past the first 200 are counted, not shown. */
export const tableHtml = ({ columns, rows }: DataTable, caption: string): string => {
  const shown = rows.slice(0, MOST_ROWS);
  const alignments = columns.map((_, index) => {
    const texts = shown.map((row) => row[index] ?? '');
    if (index > 0 && texts.every((text) => FIGURE.test(text))) return '';
    return texts.some(({ length }) => length > LONG) ? ' class="text long"' : ' class="text"';
  });
  const header = columns.map((text, index) =>
    // A heading without a text names nothing.
    text.trim() === '' ? '<td></td>' : `<th scope="col"${alignments[index]}>${textHtml(text)}</th>`,
  );
  const body = shown.map((row) => {
    const cells = row.map((text, index) => {
      const [tag, scope] = index === 0 ? ['th', ' scope="row"'] : ['td', ''];
      return `<${tag}${scope}${alignments[index] ?? ''}>${textHtml(text)}</${tag}>`;
    });
    return `<tr>${cells.join('')}</tr>`;
  });
  const cut =
    rows.length > MOST_ROWS
      ? `<p class="facts">The first ${MOST_ROWS} of ${formatCount(rows.length)} rows; the CSV files hold all.</p>`
      : '';
  return `<div class="scroll" role="group" aria-label="${textHtml(caption)}" tabindex="0"><table><caption>${textHtml(caption)}</caption>
<thead><tr>${header.join('')}</tr></thead>
<tbody>${body.join('\n')}</tbody></table></div>${cut}`;
};

/** The numbers of a picture: a few rows stand open, more are folded. */
export const dataTableHtml = (table: DataTable, caption: string): string => {
  const { length } = table.rows;
  if (length === 0) return '';
  const html = tableHtml(table, caption);
  return length > MOST_OPEN_ROWS
    ? `<details><summary>Data: ${formatCount(length)} rows</summary>${html}</details>`
    : html;
};
