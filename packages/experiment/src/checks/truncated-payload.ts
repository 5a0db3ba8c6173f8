import { rowCheck } from './row-check.ts';

export const truncatedPayload = rowCheck({
  id: 'truncated-payload',
  guards:
    'A payload of another size than meant is other work: cut off at a limit, or not the file that was sent.',
  severity: 'error',
  isFaulty: ({ outcome, payload }) =>
    outcome === 'succeeded' && payload !== null && payload.actualBytes !== payload.expectedBytes,
  seen: (faulty) => {
    const first = faulty[0]?.payload;
    return `carried another number of bytes than they should (${first?.actualBytes} instead of ${first?.expectedBytes}, for example)`;
  },
  remedy:
    'Keep payloads below the limit of the channel (1 MB for an asynchronous invocation) or pass them through storage.',
});
