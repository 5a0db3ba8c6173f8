import { escapeHtml, tableHtml, textHtml } from '@skyground/charts';
import type { Block, Remark, ReportDocument, Section } from '../document.ts';
import { chartHtml } from './chart.ts';
import { contentSecurityPolicy } from './security.ts';
import { reportStyle } from './style.ts';

export interface PageParts {
  readonly scripts: readonly string[];
  /** Markup of each chart's picture, by the chart's id. */
  readonly stillById: ReadonlyMap<string, string>;
  /** Elements with what the scripts read. */
  readonly payloads: readonly string[];
  /** Whether samples.csv is among them; else the page says where it lies. */
  readonly holdsSamples: boolean;
}

/** One file that shows everything: opened from disk, mailed or printed, it asks for nothing else. */
export function pageHtml(report: ReportDocument, parts: PageParts): string {
  const { scripts, payloads } = parts;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(contentSecurityPolicy([reportStyle], scripts))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${textHtml(report.title)}: ${textHtml(report.standing.title)}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<h1>${textHtml(report.title)}</h1>
<p class="question">${textHtml(report.question)}</p>
${verdictHtml(report)}
<nav aria-label="Sections"><ul>
${report.sections.map(({ id, title }) => `<li><a href="#${id}">${textHtml(title)}</a></li>`).join('\n')}
</ul></nav>
${report.sections.map((section) => sectionHtml(section, parts)).join('\n')}
</main>
${[...payloads, ...scripts.map((script) => `<script>${script}</script>`)].join('\n')}
</body>
</html>
`;
}

/** Who wins comes first, unless the comparison is worth nothing. */
function verdictHtml({ standing, headline, sentences, ranOn, remarks }: ReportDocument): string {
  const standingHtml = `<p class="standing"><b>${textHtml(standing.title)}.</b> ${textHtml(standing.text)}</p>`;
  const headlineHtml = `<p class="headline">${textHtml(headline)}</p>
${listHtml(sentences)}`;
  const inOrder = standing.kind === 'bad' ? [standingHtml, headlineHtml] : [headlineHtml, standingHtml];
  return `<section class="verdict ${standing.kind}" aria-labelledby="verdict">
<h2 class="spoken" id="verdict">Verdict</h2>
${inOrder.join('\n')}
<p class="facts">${textHtml(ranOn)}</p>
${remarks.length === 0 ? '' : `<ul class="remarks">${remarks.map(remarkHtml).join('\n')}</ul>`}
</section>`;
}

function remarkHtml({ kind, label, texts, remedy }: Remark): string {
  const advice = remedy === undefined ? '' : `<p><b>What to do:</b> ${textHtml(remedy)}</p>`;
  const [only] = texts;
  const seen = texts.length === 1 && only !== undefined ? ` ${textHtml(only)}` : listHtml(texts);
  return `<li class="${kind}"><b class="${kind}">${textHtml(label)}:</b>${seen}${advice}</li>`;
}

function sectionHtml({ id, title, blocks }: Section, parts: PageParts): string {
  return `<section aria-labelledby="${id}">
<h2 id="${id}">${textHtml(title)}</h2>
${blocks.map((block) => blockHtml(block, parts)).join('\n')}
</section>`;
}

function blockHtml(block: Block, { stillById, holdsSamples }: PageParts): string {
  switch (block.kind) {
    case 'text':
      return `<p>${textHtml(block.text)}</p>`;
    case 'facts':
      return `<dl>
${block.facts.map(([term, text]) => `<dt>${textHtml(term)}</dt><dd>${textHtml(text)}</dd>`).join('\n')}
</dl>`;
    case 'table':
      return `${tableHtml(block.table, block.caption)}
<p class="facts">${textHtml(block.note)}</p>`;
    case 'command':
      return `<pre><code>${textHtml(block.command)}</code></pre>`;
    case 'link':
      return `<p>${textHtml(block.before)} <a href="${escapeHtml(block.href)}">${textHtml(block.label)}</a></p>`;
    case 'chart': {
      const still = stillById.get(block.chart.id);
      return still === undefined ? '' : chartHtml({ chart: block.chart, still });
    }
    case 'prose':
      return `<h3>${textHtml(block.title)}</h3>
${block.paragraphs.map((text) => `<p class="prose">${textHtml(text)}</p>`).join('\n')}`;
    case 'files':
      return `<ul class="files">${block.files.map(([path, title]) => `<li><a href="${escapeHtml(path)}">${textHtml(path)}</a>: ${textHtml(title)}</li>`).join('')}</ul>`;
    case 'downloads':
      return holdsSamples
        ? '<p>Every row that was measured: <a href="samples.csv" download="samples.csv" data-payload="samples">samples.csv</a>. This page holds a copy of it.</p>'
        : '<p>Every row that was measured: <a href="samples.csv">samples.csv</a>. It is too large for this page, and lies beside it.</p>';
  }
}

function listHtml(items: readonly string[]): string {
  return items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${textHtml(item)}</li>`).join('\n')}</ul>`;
}
