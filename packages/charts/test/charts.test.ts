import { expect, test } from 'vitest';
import { CHARTS } from '../src/index.ts';

test('the original four charts, the distribution curve, the timeline and the stages exist', () => {
  expect(CHARTS.map(({ id }) => id)).toEqual([
    'average-processing-time',
    'distribution',
    'ecdf',
    'size-against-time',
    'total-processing-time',
    'timeline',
    'cloud-stages',
  ]);
});
