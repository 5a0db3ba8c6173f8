import type { SummaryTable } from '@skyground/experiment';
import type { Summary } from '../summary/summary.ts';
import { analysis } from './analysis.ts';
import { tables } from './tables.ts';
import { verdict } from './verdict.ts';

/** The comparison as one page of Markdown, for who has the origin's tools in mind; report.md has all of it. */
export function comparisonReport(summary: Summary): string {
  const { headline, sentences } = verdict(summary);
  const parts = [
    '# Image pipeline: comparison of fan-in modes',
    `**${headline}**`,
    `Image ${summary.imageSize}, passed by ${summary.passing}; delays times ${summary.timeScale}; ${summary.targetLabel}.`,
    ...sentences,
    ...tables(summary).map(tableText),
    ...analysis(summary).flatMap(({ title, paragraphs }) => [`## ${title}`, ...paragraphs]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function tableText({ title, note, columns, rows }: SummaryTable): string {
  const lines = [columns, columns.map(() => '---'), ...rows].map(
    (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`,
  );
  return [`## ${title}`, note, lines.join('\n')].join('\n\n');
}
