import { rowCheck } from './row-check.ts';
import { named } from './wording.ts';

export const wrongVariant = rowCheck({
  id: 'wrong-variant',
  guards:
    'An arm must have run what its name says: a mode set on the wrong function, a branch never taken, a width of another run.',
  severity: 'error',
  isFaulty: ({ outcome, variant }) =>
    outcome === 'succeeded' && variant !== null && variant.actual !== variant.expected,
  seen: (faulty) => {
    const pairs = faulty.map(({ variant }) => `${variant?.actual} instead of ${variant?.expected}`);
    return `ran something else (${named(pairs)})`;
  },
  remedy:
    'Check where the mode is set and which inputs lead to the branch; the system itself reported what it ran.',
});
