import type { Finding } from '@skyground/experiment';
import { gainAgainstBound } from '../figures/bound.ts';
import { comparisons, groupsOf } from '../figures/groups.ts';
import { gainsOf } from '../figures/pairs.ts';
import { ms } from '../output/format.ts';
import type { Sample } from '../sample.ts';

/** A gain that the model does not allow comes from something else than the fan-in. */
export function boundViolated(samples: readonly Sample[]): readonly Finding[] {
  return comparisons.flatMap(([base, other]) =>
    groupsOf(samples).flatMap(({ label, samples: own }) => {
      const { agrees, gainMs, boundMs, n } = gainAgainstBound(gainsOf(own, base, other));
      if (agrees !== false || gainMs.kind !== 'interval' || boundMs === null) return [];
      return [
        {
          checkId: 'bound-violated',
          severity: 'error' as const,
          arms: [base, other],
          seen: `${label}: ${other} gains ${ms(gainMs.estimate)} over ${base} (median of ${n} pairs, 95 % interval from ${ms(gainMs.low)}), more than the ${ms(boundMs)} that the branch times of these runs allow.`,
          remedy:
            'Look for what else differs: cold starts, other load, an end that is taken too early, work that one mode leaves out.',
        },
      ];
    }),
  );
}
