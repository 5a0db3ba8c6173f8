import { rowCheck } from './row-check.ts';

export const unknownStarts = rowCheck({
  id: 'unknown-starts',
  guards: 'Samples of which nobody knows whether they started cold can hide cold starts in one arm.',
  severity: 'warning',
  isFaulty: (row) => row.isCompared && row.outcome === 'succeeded' && row.start === 'unknown',
  seen: () => 'are compared although it is unknown whether they started cold',
  remedy:
    'Wait longer for the logs that tell (they can lag), or let the handler report its own first invocation.',
});
