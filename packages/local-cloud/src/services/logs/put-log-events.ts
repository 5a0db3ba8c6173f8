import type { PutLogEventsCommandOutput, RejectedLogEventsInfo } from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Output } from '../output.ts';
import { validatedOperation } from '../validated-operation.ts';
import { invalidParameter, LOGS_VALIDATION } from './errors.ts';
import { logGroupName, logStreamName, timestampMs } from './input-members.ts';
import { type LogEvents, type NewLogEvent, sizeBytes } from './log-events.ts';
import { DAY_MS, type LogGroup, type LogGroups } from './log-groups.ts';
import type { LogStreams } from './log-streams.ts';

const MAX_BATCH_BYTES = 1_048_576;
const MAX_AGE_MS = 14 * DAY_MS;
const MAX_AHEAD_MS = 2 * 60 * 60 * 1000;

/** AWS still answers with a token though it has not asked for one since 2023; a constant says the same. */
const SEQUENCE_TOKEN = '49000000000000000000000000000000000000000000000000000000';

/** Stores the acceptable events of a batch in one transaction, and says which it rejected by age. */
export function putLogEvents(clock: Clock, groups: LogGroups, streams: LogStreams, events: LogEvents) {
  return validatedOperation(
    LOGS_VALIDATION,
    'PutLogEvents',
    z.strictObject({
      logGroupName,
      logStreamName,
      logEvents: z
        .array(z.strictObject({ timestamp: timestampMs, message: z.string().min(1) }))
        .min(1)
        .max(10_000),
      sequenceToken: z.string().min(1).optional(),
    }),
    (input): Output<PutLogEventsCommandOutput> => {
      const group = groups.get(input.logGroupName);
      const stream = streams.get(group, input.logStreamName);
      const batch = input.logEvents.map(({ timestamp, message }) => ({ timestampMs: timestamp, message }));
      checkBatch(batch);
      const { accepted, rejected } = sortByAge(batch, group, clock.now());
      events.append(group, stream, accepted);
      return {
        nextSequenceToken: SEQUENCE_TOKEN,
        ...(rejected !== undefined && { rejectedLogEventsInfo: rejected }),
      };
    },
  );
}

function checkBatch(batch: readonly NewLogEvent[]): void {
  let bytes = 0;
  let previousMs = 0;
  for (const { timestampMs, message } of batch) {
    bytes += sizeBytes(message);
    if (timestampMs < previousMs) {
      throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.');
    }
    previousMs = timestampMs;
  }
  if (bytes > MAX_BATCH_BYTES) {
    throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${MAX_BATCH_BYTES}`);
  }
  if (previousMs - (batch[0]?.timestampMs ?? previousMs) > DAY_MS) {
    throw invalidParameter(
      'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    );
  }
}

/** Batches are in order, so what is too old leads and what is too new trails. End indexes are exclusive, as on AWS. */
function sortByAge(
  batch: readonly NewLogEvent[],
  group: LogGroup,
  nowMs: number,
): { readonly accepted: readonly NewLogEvent[]; readonly rejected: RejectedLogEventsInfo | undefined } {
  const before = (limitMs: number) => batch.filter((event) => event.timestampMs < limitMs).length;
  const tooOldEnd = before(nowMs - MAX_AGE_MS);
  const expiredEnd = group.retentionDays === undefined ? 0 : before(nowMs - group.retentionDays * DAY_MS);
  const tooNewStart = before(nowMs + MAX_AHEAD_MS + 1);
  const rejected: RejectedLogEventsInfo = {
    ...(tooNewStart < batch.length && { tooNewLogEventStartIndex: tooNewStart }),
    ...(tooOldEnd > 0 && { tooOldLogEventEndIndex: tooOldEnd }),
    ...(expiredEnd > 0 && { expiredLogEventEndIndex: expiredEnd }),
  };
  return {
    accepted: batch.slice(Math.max(tooOldEnd, expiredEnd), tooNewStart),
    rejected: Object.keys(rejected).length > 0 ? rejected : undefined,
  };
}
