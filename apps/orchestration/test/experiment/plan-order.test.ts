import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parametersSchema } from '../../src/experiment/parameters.ts';
import { plan } from '../../src/experiment/plan.ts';
import { executionsOf, groupsOf, unitOf } from '../../src/experiment/plan-order.ts';

const defaults = parametersSchema.parse({});

test('the default plan takes three to five minutes, every point six times, and prices every service it uses', async () => {
  const { units, estimatedDurationMs, estimatedUsage } = await plan(defaults);
  expect(estimatedDurationMs / 60_000).toBeGreaterThan(3);
  expect(estimatedDurationMs / 60_000).toBeLessThan(5);
  const byArm = Map.groupBy(units, ({ arm }) => arm);
  expect(byArm.get('CHAIN')).toHaveLength(30);
  expect(byArm.get('PARALLEL')).toHaveLength(30);
  expect([...byArm.keys()].toSorted()).toEqual([
    'CHAIN',
    'PARALLEL',
    'duration, Express',
    'duration, Standard',
    'length, Express',
    'length, Standard',
    'payload, Express',
    'payload, Standard',
    'width, Express',
    'width, Standard',
  ]);
  expect(byArm.get('width, Express')?.filter(({ unit }) => unit.startsWith('20 branches#'))).toHaveLength(6);
  expect(estimatedUsage).toMatchObject({
    apiGateway: { restRequests: 60 },
    stepFunctions: { transitions: expect.any(Number) },
  });
});

test('the lab goes first, its two arms in turns, each first in every other pair', () => {
  const lab = executionsOf({ ...defaults, executions: 6 })
    .filter(({ point }) => point.part === 'lab')
    .map(({ point }) => point.path);
  expect(lab.slice(0, 4)).toEqual(['CHAIN', 'PARALLEL', 'PARALLEL', 'CHAIN']);
  expect(executionsOf({ ...defaults, sweep: false }).every(({ point }) => point.part === 'lab')).toBe(true);
});

const anyParameters = fc
  .record({
    executions: fc.integer({ min: 6, max: 12 }),
    repetitions: fc.integer({ min: 6, max: 9 }),
    durationsMs: fc.array(fc.constantFrom(0, 10, 499, 500, 1000, 10_000), { minLength: 1, maxLength: 6 }),
    widths: fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 4 }),
    orderSeed: fc.nat(),
  })
  .map((given) => parametersSchema.parse(given));

test('whatever is asked for, each unit of the plan is measured once, in groups that keep their limits', () => {
  fc.assert(
    fc.property(anyParameters, fc.integer({ min: 1, max: 54 }), (parameters, environments) => {
      const executions = executionsOf(parameters);
      const groups = groupsOf(executions, { rows: 20, environments });
      expect(groups.flatMap((group) => group.executions)).toEqual(executions);
      const names = executions.map((one) => `${one.point.arm} ${unitOf(one)}`);
      expect(new Set(names).size).toBe(names.length);
      for (const { executions: own, distanceMs } of groups) {
        expect(own.length).toBeLessThanOrEqual(distanceMs === null ? 20 : environments);
        if (distanceMs === null) {
          expect(own.every(({ point }) => point.path === 'PARALLEL' || point.workMs < 500)).toBe(true);
        } else {
          const [first] = own;
          // Beside each other are only tasks of equal waits, and so far apart that their steps do not meet.
          expect(new Set(own.map(({ point }) => point.workMs)).size).toBe(1);
          expect(distanceMs).toBeGreaterThanOrEqual(100);
          expect(distanceMs * own.length).toBeCloseTo(first?.point.workMs ?? 0, 6);
        }
      }
    }),
    { numRuns: 50 },
  );
});

test('a seed gives its order again, another one another; each round has every short point once', () => {
  const orderOf = (orderSeed: number) =>
    executionsOf({ ...defaults, orderSeed }).map((one) => `${one.point.arm} ${unitOf(one)}`);
  expect(orderOf(1)).toEqual(orderOf(1));
  expect(orderOf(1)).not.toEqual(orderOf(2));
  const rounds = executionsOf(defaults).filter(({ point }) => point.part === 'length');
  const first = rounds.slice(0, 12).map(({ point }) => `${point.arm} ${point.work}`);
  expect(new Set(first).size).toBe(12);
});
