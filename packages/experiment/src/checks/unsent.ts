import { rowCheck } from './row-check.ts';

export const unsent = rowCheck({
  id: 'unsent',
  guards:
    'Requests that were due but never sent would have met the busiest moments; without them latency looks better.',
  severity: 'error',
  isFaulty: (row) => row.outcome === 'unsent',
  seen: () => 'were due but never sent',
  remedy:
    'Give the generator more connections or workers, or lower the rate, until everything that is due is sent.',
});
