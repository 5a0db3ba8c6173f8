import { describe, expect, it } from 'vitest';
import { emptyLog, type LogView, logged, reduceLog, shownLines } from '../src/ui/log.ts';

const mixed: LogView = ['e', 'w', 'i', 'e'].reduce<LogView>(
  (view, letter, index) =>
    logged(view, letter === 'e' ? 'error' : letter === 'w' ? 'warning' : 'info', `${letter}${index}`),
  emptyLog,
);

describe('the log', () => {
  it('shows all lines, or only warnings and errors, and back', () => {
    const problems = reduceLog(mixed, { type: 'toggleOnlyProblems' });
    expect(shownLines(problems).map(({ text }) => text)).toEqual(['e0', 'w1', 'e3']);
    expect(shownLines(reduceLog(problems, { type: 'toggleOnlyProblems' }))).toHaveLength(4);
  });

  it('is scrolled only as far as the lines that are shown go', () => {
    const problems = reduceLog(mixed, { type: 'toggleOnlyProblems' });
    expect(reduceLog(problems, { type: 'move', lines: 9, pageLines: 2 }).scrolledBack).toBe(1);
  });

  it('stands still for the reader, whatever is added that is not shown', () => {
    const problems = reduceLog(reduceLog(mixed, { type: 'toggleOnlyProblems' }), {
      type: 'move',
      lines: 1,
      pageLines: 1,
    });
    expect(logged(problems, 'info', 'hidden').scrolledBack).toBe(1);
    expect(logged(problems, 'error', 'shown').scrolledBack).toBe(2);
  });
});
