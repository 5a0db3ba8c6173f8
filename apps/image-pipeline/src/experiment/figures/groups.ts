import type { Mode } from '../modes.ts';
import type { Sample } from '../sample.ts';
import { customScenario, type Scenario, scenarios } from '../scenarios.ts';

/** Whom FUTURE_BASED is compared with. */
export const comparisons: readonly (readonly [base: Mode, other: Mode])[] = [
  ['CLASSIC', 'FUTURE_BASED'],
  ['STEP_FUNCTIONS', 'FUTURE_BASED'],
];

export interface Group {
  readonly scenario: Scenario['id'];
  readonly start: 'cold' | 'warm';
  /** `Reversed`, `Reversed, cold`. */
  readonly label: string;
  readonly samples: readonly Sample[];
}

/** Planned runs by scenario and start, in the order of the scenarios, warm ones first. */
export function groupsOf(samples: readonly Sample[]): readonly Group[] {
  const measured = samples.filter(({ phase }) => phase === 'measured');
  return (['warm', 'cold'] as const).flatMap((start) =>
    [...scenarios, { id: customScenario, title: 'Custom' } as const].flatMap(({ id, title }) => {
      const own = measured.filter((one) => one.scenario === id && one.intendedStart === start);
      if (own.length === 0) return [];
      return [{ scenario: id, start, label: start === 'warm' ? title : `${title}, cold`, samples: own }];
    }),
  );
}
