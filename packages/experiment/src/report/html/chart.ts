import { type DrawnChart, isZoomable, plural, tableHtml, textHtml } from '@skyground/charts';

/** Longer tables are folded at first. */
const mostOpenRows = 8;

export interface Picture {
  readonly chart: DrawnChart;
  /** Markup of the picture as it was drawn beforehand: what there is without scripts, and on paper. */
  readonly still: string;
}

export function chartHtml({ chart, still }: Picture): string {
  const { id, title, readingSentence, table } = chart;
  // Most pictures show their title themselves; the heading is for outlines and screen readers.
  const spoken = 'title' in chart.spec && chart.spec.title !== undefined ? ' class="spoken"' : '';
  const zoom = isZoomable(chart.spec) ? ' data-zoomable' : '';
  return `<figure class="chart" id="chart-${id}" data-chart="${id}"${zoom}>
<h3${spoken}>${textHtml(title)}</h3>
<div class="picture" role="group" aria-label="Picture: ${textHtml(title)}" tabindex="0"><div class="still">${still}</div></div>
<figcaption>${textHtml(readingSentence)} <span class="facts">As a file: <a href="charts/${id}.svg">${id}.svg</a>, <a href="charts/${id}.png">${id}.png</a>.</span></figcaption>
<details${table.rows.length > mostOpenRows ? '' : ' open'}><summary>Data of ${textHtml(title)}: ${plural(table.rows.length, 'row')}</summary>${tableHtml(table, `Data of ${title}`)}</details>
</figure>`;
}
