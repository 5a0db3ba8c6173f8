import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blocksOf } from '../../src/experiment/blocks.ts';
import { parametersSchema } from '../../src/experiment/parameters.ts';
import { usersAt } from '../../src/experiment/phases/api-load.ts';
import { strategyIds } from '../../src/experiment/strategies.ts';
import { estimatedDurationMs } from '../../src/experiment/usage.ts';

const given = fc.record({
  burst: fc.integer({ min: 2, max: 40 }),
  bursts: fc.integer({ min: 1, max: 10 }),
  rounds: fc.integer({ min: 6, max: 30 }),
  warmCalls: fc.integer({ min: 1, max: 5 }),
  strategies: fc.uniqueArray(fc.constantFrom(...strategyIds), { minLength: 1 }),
  idleS: fc.constantFrom(0, 330),
});

it('every unit is planned once, and every burst and round has its block', () => {
  fc.assert(
    fc.property(given, (choice) => {
      const blocks = blocksOf(parametersSchema.parse(choice));
      const units = blocks.flatMap((block) => block.units.map(({ arm, unit }) => `${arm} ${unit}`));
      expect(new Set(units).size).toBe(units.length);
      const count = (kind: string) => blocks.filter((block) => block.kind === kind).length;
      expect([count('load'), count('burst'), count('round'), count('idle')]).toEqual([
        1,
        choice.bursts,
        choice.rounds,
        choice.idleS === 0 ? 0 : 1,
      ]);
    }),
  );
});

it('each strategy begins a round, and none is measured without what it is judged against', () => {
  const blocks = blocksOf(parametersSchema.parse({ strategies: ['compile-cache', 'sdk-compile-cache'] }));
  const rounds = blocks.flatMap((block) =>
    block.kind === 'round' ? [block.strategies.map(({ id }) => id)] : [],
  );
  expect(new Set(rounds[0])).toEqual(new Set(['sdk', 'base', 'compile-cache', 'sdk-compile-cache']));
  expect(new Set(rounds.slice(0, 4).map(([first]) => first))).toEqual(new Set(rounds[0]));
});

it('the default run is planned to take less than seven minutes', () => {
  expect(estimatedDurationMs(parametersSchema.parse({}))).toBeLessThan(420_000);
});

it('users begin at the spawn rate, the first at once', () => {
  const model = {
    kind: 'closed',
    users: 10,
    spawnRatePerSecond: 5,
    thinkTime: { kind: 'constant', thinkMs: 0 },
    runTimeMs: 1,
    seed: 1,
  } as const;
  expect([0, 199, 200, 1_000, 60_000].map((ms) => usersAt(model, ms))).toEqual([1, 1, 2, 6, 10]);
});
