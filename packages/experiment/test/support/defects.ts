import type { CheckInput, RunConditions } from '../../src/checks/check.ts';
import type { Observation } from '../../src/observation.ts';

export function changeRows(
  input: CheckInput,
  isMeant: (row: Observation, index: number) => boolean,
  change: (row: Observation) => Partial<Observation>,
): CheckInput {
  return {
    ...input,
    observations: input.observations.map((row, index) =>
      isMeant(row, index) ? { ...row, ...change(row) } : row,
    ),
  };
}

export function changeConditions(input: CheckInput, change: Partial<RunConditions>): CheckInput {
  return { ...input, conditions: { ...input.conditions, ...change } };
}

/** The rows of an arm whose unit is one of these. */
export function unitsOf(arm: string, ...units: readonly string[]): (row: Observation) => boolean {
  return (row) => row.arm === arm && units.includes(row.unit);
}

export interface Defect {
  readonly name: string;
  /** The check that must find it. */
  readonly checkId: string;
  readonly severity: 'error' | 'warning';
  readonly plant: (input: CheckInput) => CheckInput;
}

/** What has been given impossible times keeps them. */
const endsAfterItsStart = (row: Observation) => (row.endedAtMs ?? 0) >= (row.startedAtMs ?? 0);
const ofCloud = (row: Observation) => row.arm === 'cloud';

/** One defect a check at least, in rows of their own where they concern rows, for runs of `cleanRun` with a rate. */
export const defects: readonly Defect[] = [
  {
    name: 'a fifth of the cloud samples cold',
    checkId: 'cold-imbalance',
    severity: 'error',
    plant: (input) =>
      changeRows(
        input,
        (row) => ofCloud(row) && /#[1-4]$/.test(row.unit),
        () => ({ start: 'cold' }),
      ),
  },
  {
    name: 'all cold samples of an image left out',
    checkId: 'cold-left-out',
    severity: 'error',
    plant: (input) =>
      changeRows(
        input,
        (row) => ofCloud(row) && row.unit.startsWith('0.jpg#'),
        () => ({
          start: 'cold',
          isCompared: false,
        }),
      ),
  },
  {
    name: 'slow samples trimmed',
    checkId: 'left-out',
    severity: 'error',
    plant: (input) =>
      changeRows(input, unitsOf('cloud', '1.jpg#9', '1.jpg#10'), () => ({ isCompared: false })),
  },
  {
    name: 'an end before its start',
    checkId: 'contradicting-times',
    severity: 'error',
    plant: (input) =>
      changeRows(input, unitsOf('cloud', '1.jpg#11'), (row) => ({ endedAtMs: (row.startedAtMs ?? 0) - 500 })),
  },
  {
    name: 'a row twice',
    checkId: 'doubled-rows',
    severity: 'error',
    plant: (input) => ({
      ...input,
      observations: [...input.observations, ...input.observations.filter(unitsOf('cloud', '1.jpg#12'))],
    }),
  },
  {
    name: 'a row of another run',
    checkId: 'unplanned-rows',
    severity: 'error',
    plant: (input) => ({
      ...input,
      observations: [
        ...input.observations,
        ...input.observations
          .filter(unitsOf('cloud', '1.jpg#12'))
          .map((row) => ({ ...row, unit: 'strange.jpg#1' })),
      ],
    }),
  },
  {
    name: 'a row never written',
    checkId: 'missing-rows',
    severity: 'error',
    plant: (input) => ({
      ...input,
      observations: input.observations.filter((row) => !unitsOf('cloud', '2.jpg#9')(row)),
    }),
  },
  {
    name: 'a request failed in one arm',
    checkId: 'failures',
    severity: 'error',
    plant: (input) =>
      changeRows(input, unitsOf('cloud', '2.jpg#10'), () => ({ outcome: 'failed', durationMs: null })),
  },
  {
    name: 'a request never sent',
    checkId: 'unsent',
    severity: 'error',
    plant: (input) =>
      changeRows(input, unitsOf('cloud', '2.jpg#11'), () => ({
        outcome: 'unsent',
        startedAtMs: null,
        endedAtMs: null,
        durationMs: null,
      })),
  },
  {
    name: 'a duration of zero',
    checkId: 'impossible-durations',
    severity: 'error',
    plant: (input) => changeRows(input, unitsOf('cloud', '2.jpg#12'), () => ({ durationMs: 0 })),
  },
  {
    name: 'a handler that did nothing',
    checkId: 'no-work',
    severity: 'error',
    plant: (input) => changeRows(input, unitsOf('cloud', '3.jpg#9'), () => ({ didWork: false })),
  },
  {
    name: 'a payload cut off',
    checkId: 'truncated-payload',
    severity: 'error',
    plant: (input) =>
      changeRows(input, unitsOf('cloud', '3.jpg#10'), () => ({
        payload: { expectedBytes: 1_327_839, actualBytes: 262_144 },
      })),
  },
  {
    name: 'another mode than claimed',
    checkId: 'wrong-variant',
    severity: 'error',
    plant: (input) =>
      changeRows(input, unitsOf('cloud', '3.jpg#11'), () => ({
        variant: { expected: 'CLASSIC', actual: 'FUTURE_BASED' },
      })),
  },
  {
    name: 'starts that nobody knows',
    checkId: 'unknown-starts',
    severity: 'warning',
    plant: (input) => changeRows(input, unitsOf('cloud', '3.jpg#12'), () => ({ start: 'unknown' })),
  },
  {
    name: 'a tenth of the time of the units measured',
    checkId: 'partial-timing',
    severity: 'error',
    plant: (input) => ({
      ...changeRows(input, endsAfterItsStart, (row) => ({
        endedAtMs: (row.startedAtMs ?? 0) + Math.max(10 * (row.durationMs ?? 0), 1000),
      })),
      durationCovers: 'span',
    }),
  },
  {
    name: 'sends late by a second',
    checkId: 'late-sends',
    severity: 'error',
    plant: (input) => changeRows(input, ofCloud, (row) => ({ dueAtMs: (row.dueAtMs ?? 0) - 1000 })),
  },
  {
    name: 'an arm that doubles over the run',
    checkId: 'drift',
    severity: 'warning',
    plant: (input) =>
      changeRows(
        input,
        (row) => row.arm === 'on_prem',
        (row) => ({
          durationMs:
            row.durationMs === null ? null : row.durationMs * (1 + Number(row.unit.split('#')[1]) / 12),
          endedAtMs: (row.endedAtMs ?? 0) + (row.durationMs ?? 0),
        }),
      ),
  },
  {
    name: 'one arm after the other',
    checkId: 'order',
    severity: 'warning',
    plant: (input) =>
      changeRows(input, ofCloud, (row) => ({
        dueAtMs: (row.dueAtMs ?? 0) + 1e8,
        startedAtMs: row.startedAtMs === null ? null : row.startedAtMs + 1e8,
        endedAtMs: row.endedAtMs === null ? null : row.endedAtMs + 1e8,
      })),
  },
  {
    name: 'a hundred samples asked for',
    checkId: 'too-few',
    severity: 'error',
    plant: (input) => changeConditions(input, { minimumSamples: 100 }),
  },
  {
    name: 'a browser beside the run',
    checkId: 'machine-load',
    severity: 'warning',
    plant: (input) => changeConditions(input, { load: { foreignCores: 1.2, cores: 2, stealShare: 0 } }),
  },
  {
    name: 'a clock two seconds behind',
    checkId: 'clock-offset',
    severity: 'warning',
    plant: (input) => changeConditions(input, { clockOffset: { offsetMs: -2000, uncertaintyMs: 20 } }),
  },
  {
    name: 'prices of last year',
    checkId: 'stale-prices',
    severity: 'warning',
    plant: (input) => changeConditions(input, { pricesReadOn: '2025-11-01' }),
  },
];
