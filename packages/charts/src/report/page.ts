import { createHash } from 'node:crypto';
import type { Chart, ChartInput } from '../chart.ts';
import { escapeHtml } from '../escape.ts';
import { displayText } from '../format.ts';
import { sideLabel } from '../sides.ts';
import { BOOTSTRAP_RESAMPLES, CONFIDENCE_PERCENT } from '../summary.ts';
import { dataTableHtml } from './data-table.ts';
import { type OtherRun, otherRunHtml, otherRunId, type UnreadableRun, unreadableHtml } from './other-run.ts';
import { pictureHtml } from './picture.ts';
import { PAGE_STYLE } from './style.ts';
import type { Verdict } from './verdict.ts';

interface InlinedChart {
  readonly chart: Chart;
  readonly svg: string;
}

/** Where the CSVs of a run lie, seen from the folder of its charts. */
const CSV_LINKS = [
  { label: 'on-prem rows (CSV)', href: '../local_metrics.csv' },
  { label: 'cloud rows (CSV)', href: '../lambda_metrics.csv' },
] as const;

// Nothing may load or run; the one style block is allowed by its hash.
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const verdictHtml = ({ headline, details, findings }: Verdict): string => {
  const invalid = findings.some(({ level }) => level === 'error');
  const list = (items: readonly string[]) => (items.length === 0 ? '' : `<ul>${items.join('\n')}</ul>`);
  return `<div class="verdict${invalid ? ' invalid' : ''}" role="region" aria-label="Verdict">
<p class="headline">${escapeHtml(headline)}</p>
${list(details.map((detail) => `<li>${escapeHtml(detail)}</li>`))}
${list(findings.map(({ level, text }) => `<li class="finding ${level}"><b>${level === 'error' ? 'Not valid:' : 'Careful:'}</b> ${escapeHtml(text)}</li>`))}
</div>`;
};

const sectionHtml = ({ chart, svg }: InlinedChart, input: ChartInput): string => `<section id="${chart.id}">
<h2 class="spoken">${escapeHtml(chart.title)}</h2>
<figure>
${pictureHtml(svg, chart.title)}
<figcaption>${escapeHtml(chart.readingSentence(input))}
<span class="facts">As a file: <a href="${chart.id}.svg">SVG</a>, <a href="${chart.id}.png">PNG</a>.</span></figcaption>
</figure>
${dataTableHtml(chart.table(input), `Data of: ${chart.title}`)}
</section>`;

const methodHtml = (input: ChartInput): string => `<section id="method">
<h2>Method</h2>
<dl>
<dt>Processing time</dt><dd>From decode to encode of one image, on both sides; no transfer, no queue, no file access.</dd>
<dt>Warm-up rule</dt><dd>Summaries, intervals and curves are of warm images. A cold row (first invocation of its environment) is drawn and marked, and counted apart. A row whose start is not known counts as warm.</dd>
<dt>Percentiles</dt><dd>Definition R-7 (linear between the order statistics), as in NumPy and R. Other tools define them otherwise: do not compare p95 across tools.</dd>
<dt>Intervals</dt><dd>${CONFIDENCE_PERCENT} % bootstrap intervals, ${BOOTSTRAP_RESAMPLES.toLocaleString('en-US')} resamples, seed ${escapeHtml(String(input.seed))}.</dd>
<dt>Standard deviation</dt><dd>Of the sample (n − 1).</dd>
<dt>Failed images</dt><dd>Not drawn; counted in the line below each title.</dd>
</dl>
<p>Every number here can be worked out again from ${CSV_LINKS.map(({ label, href }) => `<a href="${href}">${label}</a>`).join(' and ')}.</p>
</section>`;

/** The main comparison with its pictures, or why there is none to show. */
export type MainComparison =
  | {
      readonly kind: 'comparison';
      readonly input: ChartInput;
      readonly verdict: Verdict;
    }
  | { readonly kind: 'none'; readonly reason: string };

interface PageContent {
  readonly main: MainComparison;
  /** Of the main comparison. */
  readonly drawn: readonly InlinedChart[];
  readonly others: readonly OtherRun[];
  readonly unreadable: readonly UnreadableRun[];
}

const mainHtml = (main: MainComparison): string =>
  main.kind === 'none'
    ? `<div class="verdict" role="region" aria-label="Main comparison">
<p class="headline">No comparison of on-prem and cloud to show yet</p>
<p>${escapeHtml(displayText(main.reason))} Run it from the folder of the project: <code>npm run master</code></p>
</div>`
    : `${verdictHtml(main.verdict)}
<p class="facts">Run ${escapeHtml(displayText(main.input.runId))}</p>`;

const titleOf = (main: MainComparison): string =>
  main.kind === 'none'
    ? 'Skyground: results'
    : `Image processing: on-prem vs ${sideLabel('cloud', main.input)}`;

const navigationHtml = ({ main, drawn, others }: PageContent): string => {
  const links = [
    ...drawn.map(({ chart }) => ({ href: chart.id, text: chart.title })),
    ...(main.kind === 'comparison' ? [{ href: 'method', text: 'Method' }] : []),
    ...others.map(({ title }, index) => ({ href: otherRunId(index), text: displayText(title) })),
  ];
  return links.length === 0
    ? ''
    : `<nav aria-label="On this page"><ul>
${links.map(({ href, text }) => `<li><a href="#${href}">${escapeHtml(text)}</a></li>`).join('\n')}
</ul></nav>`;
};

/** One file that shows everything: opened from disk, mailed or printed, it asks for nothing else. */
export const pageHtml = (content: PageContent): string => {
  const { main, drawn, others, unreadable } = content;
  const title = escapeHtml(titleOf(main));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(CONTENT_SECURITY_POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${mainHtml(main)}
${navigationHtml(content)}
${main.kind === 'none' ? '' : `${drawn.map((one) => sectionHtml(one, main.input)).join('\n')}\n${methodHtml(main.input)}`}
${others.map(otherRunHtml).join('\n')}
${unreadableHtml(unreadable)}
</main>
</body>
</html>
`;
};
