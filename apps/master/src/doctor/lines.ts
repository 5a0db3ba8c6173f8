import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import type { Paint } from '../output/paint.ts';
import type { Report } from './report.ts';

type Line = Report['checks'][number];

const statusWidth = 'problem'.length + 2;

/** One line for each check: for files, pipes and screen readers. */
export function plainLines(report: Report): readonly string[] {
  return [
    `Target: ${report.target}`,
    ...report.checks.map((check) => {
      const { text, advice } = textsOf(check);
      return `${check.status.padEnd(statusWidth)}${check.title}: ${text}${advice === '' ? '' : ` -> ${advice}`}`;
    }),
    closingLine(report),
  ];
}

/** The same list for a terminal: in columns, wrapped at its width. */
export function terminalLines(report: Report, columns: number, paint: Paint): readonly string[] {
  // A terminal that was not told its size says 0.
  const width = columns > 0 ? columns : 80;
  const titleWidth = Math.max(...report.checks.map(({ title }) => stringWidth(title))) + 2;
  const indent = ' '.repeat(statusWidth + titleWidth);
  // The last column stays free: some terminals begin a new line by themselves there.
  const textWidth = Math.max(20, width - 1 - indent.length);
  const wrapped = (text: string) => wrapAnsi(text, textWidth, { hard: true, trim: true }).split('\n');
  const lines = report.checks.flatMap((check) => {
    const { text, advice } = textsOf(check);
    const head = paintOf(check, paint)(check.status) + ' '.repeat(statusWidth - check.status.length);
    const all = [...wrapped(text), ...(advice === '' ? [] : wrapped(`-> ${advice}`))];
    return all.map((line, index) => (index === 0 ? head + check.title.padEnd(titleWidth) : indent) + line);
  });
  const closing = wrapAnsi(closingLine(report), width - 1).split('\n');
  return [paint.headline(`Target: ${report.target}`), '', ...lines, '', ...closing];
}

function textsOf(check: Line): { readonly text: string; readonly advice: string } {
  if (check.status === 'skipped') return { text: check.reason, advice: '' };
  return { text: check.seen, advice: check.status === 'ok' ? '' : check.advice };
}

function paintOf({ status }: Line, paint: Paint): (text: string) => string {
  if (status === 'problem') return paint.error;
  return status === 'warning' ? paint.warning : (text) => text;
}

function closingLine({ checks, exitCode }: Report): string {
  const countOf = (status: Line['status']) => checks.filter((check) => check.status === status).length;
  const skipped = countOf('skipped') === 0 ? '' : `, ${countOf('skipped')} skipped`;
  const counts = `${counted(countOf('problem'), 'problem')}, ${counted(countOf('warning'), 'warning')}${skipped}`;
  return `${counts} in ${counted(checks.length, 'check')} (exit code ${exitCode})`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
