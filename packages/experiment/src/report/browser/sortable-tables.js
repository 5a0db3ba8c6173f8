// Makes the heading of each column of each table a button that sorts by it.

/**
 * The number that a cell begins with; undefined for text.
 * @param {string} text
 */
function numberIn(text) {
  const found = /^[-+−]?\d[\d,]*\.?\d*(?:e[-+]?\d+)?/i.exec(text.trim())?.[0];
  return found === undefined ? undefined : Number(found.replaceAll(',', '').replace('−', '-'));
}

/**
 * Numbers by size, then everything else by text.
 * @param {string} a
 * @param {string} b
 */
function compareCells(a, b) {
  const [x, y] = [numberIn(a), numberIn(b)];
  if (x === undefined || y === undefined)
    return Number(x === undefined) - Number(y === undefined) || a.localeCompare(b, 'en');
  return x - y || a.localeCompare(b, 'en');
}

/**
 * Whether sorting by these cells would say something: not where they are of different units, as in a table of figures by name.
 * @param {string[]} texts
 */
function areComparable(texts) {
  const units = texts.flatMap(
    (text) => /^[-+−]?[\d,.]+(?:e[-+]?\d+)?\s?([%\p{L}/]*)$/iu.exec(text.trim())?.[1] ?? [],
  );
  return new Set(units).size < 2;
}

/**
 * A sum stays below what it is the sum of.
 * @param {HTMLTableRowElement} row
 */
function isSum(row) {
  return row.cells[0]?.textContent === 'total';
}

for (const table of document.querySelectorAll('table')) {
  const body = table.tBodies[0];
  const headings = table.tHead?.rows[0]?.cells ?? [];
  if (body === undefined || body.rows.length < 2) continue;
  for (const [index, heading] of [...headings].entries()) {
    if (heading.tagName !== 'TH') continue;
    if (!areComparable([...body.rows].map((row) => row.cells[index]?.textContent ?? ''))) continue;
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...heading.childNodes);
    button.addEventListener('click', () => {
      const direction = heading.ariaSort === 'ascending' ? 'descending' : 'ascending';
      for (const other of headings) other.ariaSort = null;
      heading.ariaSort = direction;
      const sign = direction === 'ascending' ? 1 : -1;
      const text = (/** @type {HTMLTableRowElement} */ row) => row.cells[index]?.textContent ?? '';
      const sorted = [...body.rows].sort((a, b) => sign * compareCells(text(a), text(b)));
      const { sums = [], parts = [] } = Object.groupBy(sorted, (row) => (isSum(row) ? 'sums' : 'parts'));
      body.append(...parts, ...sums);
    });
    heading.append(button);
  }
}
