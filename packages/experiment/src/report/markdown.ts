import { type DataTable, displayText, formatCount } from '@skyground/charts';
import type { Block, Remark, ReportDocument, Section } from './document.ts';

/** Longer tables no longer help: samples.csv holds every row. */
const mostRows = 50;

/** The report as Markdown: one line a paragraph, pictures by their relative paths. */
export function markdownReport(report: ReportDocument): string {
  const lines = [
    `# ${inline(report.title)}`,
    `**${inline(report.standing.title)}.** ${inline(report.standing.text)}`,
    `_${inline(report.question)}_`,
    `## Verdict`,
    `**${inline(report.headline)}**`,
    bullets(report.sentences.map(inline)),
    inline(report.ranOn),
    bullets(report.remarks.map(remark)),
    ...report.sections.flatMap(section),
  ];
  return `${lines.filter((line) => line !== '').join('\n\n')}\n`;
}

function remark({ label, texts, remedy }: Remark): string {
  const advice = remedy === undefined ? [] : [`What to do: ${inline(remedy)}`];
  return [`**${inline(label)}:**`, ...texts.map(inline), ...advice].join(' ');
}

function section({ title, blocks }: Section): readonly string[] {
  return [`## ${inline(title)}`, ...blocks.flatMap(block)];
}

function block(one: Block): readonly string[] {
  switch (one.kind) {
    case 'text':
      return [inline(one.text)];
    case 'facts':
      return [bullets(one.facts.map(([term, text]) => `**${inline(term)}:** ${inline(text)}`))];
    case 'table':
      return [`### ${inline(one.caption)}`, inline(one.note), ...table(one.table)];
    case 'command':
      return [`\`\`\`sh\n${displayText(one.command)}\n\`\`\``];
    case 'link':
      return [`${inline(one.before)} [${inline(one.label)}](${one.href})`];
    case 'chart': {
      const { chart } = one;
      return [
        `### ${inline(chart.title)}`,
        `![${inline(chart.altText)}](charts/${chart.id}.png)`,
        inline(chart.readingSentence),
        ...table(chart.table),
      ];
    }
    case 'prose':
      return [`### ${inline(one.title)}`, ...one.paragraphs.map(inline)];
    case 'files':
      return [bullets(one.files.map(([path, title]) => `[${inline(path)}](${path}): ${inline(title)}`))];
    case 'downloads':
      return ['Every row that was measured: [samples.csv](samples.csv)'];
  }
}

function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function table({ columns, rows }: DataTable): readonly string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const shown = rows
    .slice(0, mostRows)
    .map((row) => line(columns.map((_, index) => inline(row[index] ?? ''))));
  const cut = `The first ${mostRows} of ${formatCount(rows.length)} rows; samples.csv holds all that they come from.`;
  return [
    [line(columns.map(inline)), line(columns.map(() => '---')), ...shown].join('\n'),
    ...(rows.length > mostRows ? [cut] : []),
  ];
}

/** Text as one line in which nothing is markup. */
function inline(text: string): string {
  return displayText(text)
    .trim()
    .replaceAll(/[\\`*_{}[\]<>|#~&@]|(?<=https?|ftp):|(?<=www)\./gi, (char) => `\\${char}`)
    .replace(/^([-+]|\d+[.)])(?=[\s-]|$)/, (start) => `${start.slice(0, -1)}\\${start.slice(-1)}`);
}
