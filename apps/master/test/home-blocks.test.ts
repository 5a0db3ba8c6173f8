import { expect, it } from 'vitest';
import { layOut, painted, text } from '../src/ui/home/block.ts';

const lines = (...input: Parameters<typeof layOut>) =>
  layOut(...input).map((line) => line.map(({ text: part }) => part).join(''));

it('folds at words, keeps an indentation, and begins no line with the space at which it was broken', () => {
  expect(lines([text('  one two three\n four')], 9)).toEqual(['  one two', '  three', ' four']);
  const red = '\u001b[31mone two three\u001b[39m';
  expect(lines([painted(() => [red])], 7)).toEqual([
    '\u001b[31mone two\u001b[39m',
    '\u001b[31mthree\u001b[39m',
  ]);
});

it('draws what has a width of its own once a width', () => {
  const widths: number[] = [];
  const block = painted((width) => {
    widths.push(width);
    return ['x'.repeat(width)];
  });
  for (const width of [3, 3, 5]) layOut([block], width);
  expect(widths).toEqual([3, 5]);
});
