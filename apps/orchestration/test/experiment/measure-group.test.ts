import { expect, test } from 'vitest';
import { measureGroup } from '../../src/experiment/measure-group.ts';
import { type PlannedExecution, unitOf } from '../../src/experiment/plan-order.ts';
import { labPoints } from '../../src/experiment/points.ts';

const { signal } = new AbortController();
const executions = [1, 2].flatMap((repetition) => labPoints().map((point) => ({ point, repetition })));

interface Outcome {
  readonly status: string;
  readonly coldEnvironments: number;
}
const warm: Outcome = { status: 'SUCCEEDED', coldEnvironments: 0 };
const cold: Outcome = { status: 'SUCCEEDED', coldEnvironments: 1 };
const failedCold: Outcome = { status: 'FAILED', coldEnvironments: 1 };

/** What the first execution of the plan comes to at each attempt; the others are warm. */
function firstComesTo(outcomes: readonly Outcome[]) {
  let attempt = 0;
  return async (execution: PlannedExecution): Promise<Outcome> => {
    if (execution !== executions[0]) return warm;
    attempt += 1;
    return outcomes[attempt - 1] ?? warm;
  };
}

test.each([
  ['is measured once', [warm], ['measured']],
  [
    'is measured again while it meets cold starts',
    [cold, cold, warm],
    ['cold again', 'cold again', 'measured'],
  ],
  [
    'keeps its name when it is cold to the last',
    [cold, cold, cold],
    ['cold again', 'cold again', 'measured'],
  ],
  ['is not tried again when it failed, cold or not', [failedCold, warm], ['measured']],
])('an execution %s', async (_what, outcomes, phases) => {
  for (const distanceMs of [null, 0]) {
    const rows = await measureGroup({ executions, distanceMs }, firstComesTo(outcomes), signal);
    // Whatever came between: each unit of the plan has one row.
    const measured = rows.filter(({ phase }) => phase === 'measured');
    expect(measured.map(({ unit }) => unit).toSorted()).toEqual(executions.map(unitOf).toSorted());
    const others = rows.filter(({ phase }) => phase !== 'measured').map(({ phase }) => phase);
    expect([...others, 'measured']).toEqual(phases);
  }
});
