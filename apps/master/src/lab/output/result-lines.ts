import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { ShownRun } from '@skyground/experiment';
import { formatMs, printable } from '../../output/format.ts';
import { noPaint, type Paint } from '../../output/paint.ts';
import { whereThePersonStands } from '../../paths.ts';
import { billLine } from './bill-lines.ts';

/** What a run found, as a person reads it at its end and ever after: banner, verdict, findings, thresholds, bill, report. */
export function resultLines(run: ShownRun, paint: Paint = noPaint): string[] {
  const { verdict, findings, thresholds, isValid, bill } = run;
  if (verdict === undefined || isValid === undefined) return [];
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return [
    ...(isValid
      ? []
      : [paint.error(`NOT VALID: ${plural(errors, 'error')} below. Do not rely on these figures.`)]),
    paint.headline(printable(verdict.headline)),
    ...verdict.sentences.map((sentence) => `  ${printable(sentence)}`),
    '',
    ...findings.map(({ severity, checkId, seen, remedy }) =>
      paint[severity](printable(`${severity}: ${checkId}: ${seen} ${remedy}`)),
    ),
    ...thresholds.map(({ text, arm, verdict: kept, value }) => {
      const measured = value === null ? 'no samples' : `${formatValue(text, value)}`;
      const line = printable(
        `threshold ${text}, ${arm}: ${kept === 'kept' ? 'kept' : 'BROKEN'} (${measured})`,
      );
      return kept === 'kept' ? line : paint.error(line);
    }),
    ...(bill === undefined ? [] : [printable(billLine(bill))]),
    `Report: ${reportPath(run.folder)}`,
  ];
}

/** A share or a count has no unit; everything else is a duration. */
function formatValue(threshold: string, value: number): string {
  return /\b(failed|dropped)\s*:/.test(threshold) ? String(Number(value.toPrecision(3))) : formatMs(value);
}

/** The report, or the folder of a run that an earlier version made without one; as short as it can be typed from here. */
function reportPath(folder: string): string {
  const report = join(folder, 'report.html');
  return shortPath(existsSync(report) ? report : folder);
}

/** A path as a person types it from where they stand; what would steer the terminal in names of folders is taken out. */
export function shortPath(path: string): string {
  const fromHere = relative(whereThePersonStands(), path);
  return printable(fromHere === '' || fromHere.startsWith('..') ? path : fromHere);
}

export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
