import { escapeHtml, textHtml } from '../escape.ts';
import { prefixIds } from '../render/svg-ids.ts';
import { checkSvg } from './own-svg.ts';
import { pictureHtml } from './picture.ts';

/** The newest finished run of another benchmark, as its folder tells it: anything may stand in its texts and pictures. */
export interface OtherRun {
  readonly title: string;
  readonly headline: string;
  readonly isValid: boolean;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly targetLabel: string;
  /** Relative to the page; undefined where the run has no report. */
  readonly reportHref: string | undefined;
  /** Those to be shown here, as SVG files; `name` is the file's. */
  readonly charts: readonly { readonly name: string; readonly svg: string }[];
  /** How many more are in the report. */
  readonly furtherCharts: number;
}

/** A run folder that could not be read. */
export interface UnreadableRun {
  readonly folder: string;
  readonly reason: string;
}

export const otherRunId = (index: number): string => `run-${index + 1}`;

export const otherRunHtml = (run: OtherRun, index: number): string => {
  const id = otherRunId(index);
  const pictures = run.charts.map(({ name, svg }, place) => {
    const checked = checkSvg(svg);
    return checked.kind === 'own'
      ? `<figure>\n${pictureHtml(prefixIds(checked.svg, `${id}-${place + 1}`), name)}\n</figure>`
      : `<ul><li class="finding warning"><b>Careful:</b> ${textHtml(name)} is not shown: ${textHtml(checked.reason)}.</li></ul>`;
  });
  const more =
    run.furtherCharts > 0
      ? `, with ${run.furtherCharts} more ${run.furtherCharts === 1 ? 'chart' : 'charts'}`
      : '';
  const report =
    run.reportHref === undefined
      ? 'It has no report.'
      : `<a href="${escapeHtml(run.reportHref)}">Report of this run</a>${more}.`;
  return `<section id="${id}">
<h2>${textHtml(run.title)}</h2>
<div class="verdict${run.isValid ? '' : ' invalid'}">
<p><b>${textHtml(run.headline)}</b></p>
${run.isValid ? '' : '<ul><li class="finding error"><b>Not valid:</b> the run has errors; its report names them.</li></ul>'}
<p class="facts">Newest run, begun ${textHtml(run.startedAt.replace(/^([\d-]+)T(\d\d:\d\d).*$/, '$1 $2 UTC'))}, on ${textHtml(run.targetLabel)}. ${report}</p>
</div>
${pictures.join('\n')}
</section>`;
};

export const unreadableHtml = (runs: readonly UnreadableRun[]): string =>
  runs.length === 0
    ? ''
    : `<section id="unreadable">
<h2>Runs that could not be read</h2>
<ul>
${runs.map(({ folder, reason }) => `<li>${textHtml(folder)}: ${textHtml(reason)}</li>`).join('\n')}
</ul>
</section>`;
