import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Round, roundsLeft, roundsOf, unitOf } from '../../src/cloud-vs-onprem/rounds.ts';
import { parameters } from './samples.ts';

const plans = fc.record({
  images: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
  repetitions: fc.integer({ min: 3, max: 6 }),
  workers: fc.integer({ min: 1, max: 4 }),
  concurrency: fc.option(fc.integer({ min: 1, max: 4 })),
  sweep: fc.boolean(),
  sweepImages: fc.array(fc.integer({ min: 10, max: 40 }), { minLength: 1, maxLength: 3 }),
  sweepWidths: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 3 }),
});

const plansOfRounds = plans.map(({ images, ...change }) => roundsOf(parameters(change), images));

function unitsOf(rounds: readonly Round[]) {
  return rounds.flatMap(({ arm, tasks }) => tasks.map((task) => ({ arm, unit: unitOf(task) })));
}

describe('rounds', () => {
  it('plan every unit once an arm, however images repeat', () => {
    fc.assert(
      fc.property(plansOfRounds, (rounds) => {
        const keys = unitsOf(rounds).map(({ arm, unit }) => JSON.stringify([arm, unit]));
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('give both sides the same work, pair by pair, the sides taking turns at beginning', () => {
    fc.assert(
      fc.property(plansOfRounds, (rounds) => {
        for (let index = 0; index < rounds.length; index += 2) {
          const [first, second] = [rounds[index], rounds[index + 1]];
          expect(second?.tasks).toEqual(first?.tasks);
          expect(new Set([first?.side, second?.side])).toEqual(new Set(['cloud', 'on_prem']));
        }
        const compared = rounds.filter(({ phase }) => phase === 'compare');
        const begins = compared.filter((_, index) => index % 2 === 0).map(({ side }) => side);
        expect(begins).toEqual(begins.map((_, index) => (index % 2 === 0 ? 'on_prem' : 'cloud')));
      }),
    );
  });

  it('leave exactly what has no row yet', () => {
    fc.assert(
      fc.property(plansOfRounds, fc.infiniteStream(fc.boolean()), (rounds, isDone) => {
        const left = unitsOf(rounds).filter(() => isDone.next().value === false);
        expect(unitsOf(roundsLeft(rounds, left))).toEqual(left);
      }),
    );
  });

  it('sweep widths and numbers of images, three times each', () => {
    const rounds = roundsOf(parameters({ sweep: true, sweepImages: [30, 10], sweepWidths: [4, 1] }), [
      'a',
      'b',
      'c',
    ]);
    const sweep = rounds.filter(({ phase, side }) => phase === 'sweep' && side === 'on_prem');
    expect(sweep.map(({ arm, width, tasks }) => [arm, width, tasks.length])).toEqual(
      [1, 2, 3].flatMap(() => [
        ['on_prem width 1', 1, 12],
        ['on_prem width 4', 4, 12],
        ['on_prem 10 images', 2, 10],
        ['on_prem 30 images', 2, 30],
      ]),
    );
  });
});
