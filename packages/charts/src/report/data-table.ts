import type { DataTable } from '../chart.ts';
import { escapeHtml } from '../escape.ts';
import { formatCount } from '../format.ts';

/** Longer tables are folded, and cut where they no longer help: the CSVs hold every row. */
const MOST_OPEN_ROWS = 8;
const MOST_ROWS = 200;

const cells = (tag: 'td' | 'th', texts: readonly string[]): string =>
  texts.map((text) => `<${tag}${tag === 'th' ? ' scope="col"' : ''}>${escapeHtml(text)}</${tag}>`).join('');

export const dataTableHtml = ({ columns, rows }: DataTable, caption: string): string => {
  if (rows.length === 0) return '';
  const body = rows
    .slice(0, MOST_ROWS)
    .map((row) => `<tr>${cells('td', row)}</tr>`)
    .join('\n');
  const table = `<div class="scroll"><table aria-label="${escapeHtml(caption)}"><thead><tr>${cells('th', columns)}</tr></thead>
<tbody>${body}</tbody></table></div>`;
  const cut =
    rows.length > MOST_ROWS
      ? `<p class="facts">The first ${MOST_ROWS} of ${formatCount(rows.length)} rows; the CSV files hold all.</p>`
      : '';
  return rows.length > MOST_OPEN_ROWS
    ? `<details><summary>Data: ${formatCount(rows.length)} rows</summary>${table}${cut}</details>`
    : table;
};
