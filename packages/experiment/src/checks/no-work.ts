import { rowCheck } from './row-check.ts';

export const noWork = rowCheck({
  id: 'no-work',
  guards: 'A handler that does nothing is fast: a stub, an input that is no image, an empty answer.',
  severity: 'error',
  isFaulty: (row) => row.outcome === 'succeeded' && !row.didWork,
  seen: () => 'succeeded without doing the work',
  remedy: 'Check the inputs and the deployed code: each sample must read a real input and return its result.',
});
