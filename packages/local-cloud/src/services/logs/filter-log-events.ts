import type { FilteredLogEvent, FilterLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import type { Output } from '../output.ts';
import { validatedOperation } from '../validated-operation.ts';
import { invalidParameter, LOGS_VALIDATION } from './errors.ts';
import { parseFilterPattern } from './filter-pattern.ts';
import { chooseGroup } from './group-choice.ts';
import {
  eventLimit,
  logGroupIdentifier,
  logGroupName,
  logStreamName,
  pageToken,
  timestampMs,
} from './input-members.ts';
import { type LogEvent, type LogEvents, sizeBytes } from './log-events.ts';
import type { LogGroup, LogGroups } from './log-groups.ts';
import type { LogStreams } from './log-streams.ts';
import { MAX_EVENTS_PER_PAGE, MAX_PAGE_BYTES } from './page-limits.ts';
import { digits, type Position, parseFilterToken } from './position.ts';

/**
 * A request looks at no more events than this, those of other streams counted, so that a search of a large group never holds up the other services.
 * AWS does the same with a limit of its own: a page may be short or empty and still have a token.
 */
const MAX_SCANNED_EVENTS = 20_000;

const inputSchema = z.strictObject({
  logGroupName: logGroupName.optional(),
  logGroupIdentifier: logGroupIdentifier.optional(),
  logStreamNames: z.array(logStreamName).min(1).max(100).optional(),
  logStreamNamePrefix: logStreamName.optional(),
  startTime: timestampMs.default(0),
  endTime: timestampMs.default(Number.MAX_SAFE_INTEGER),
  filterPattern: z.string().max(1024).default(''),
  nextToken: pageToken.optional(),
  limit: eventLimit.default(MAX_EVENTS_PER_PAGE),
  // Deprecated and ignored by AWS: results are always interleaved.
  interleaved: z.boolean().optional(),
  unmask: z.literal(false).optional(),
});

/** Events of a group (or of some of its streams) that match a pattern, in order of time across the streams. */
export function filterLogEvents(groups: LogGroups, streams: LogStreams, events: LogEvents) {
  return validatedOperation(
    LOGS_VALIDATION,
    'FilterLogEvents',
    inputSchema,
    (input): Output<FilterLogEventsCommandOutput> => {
      const group = chooseGroup(groups, input);
      const isChosen = chosenStreams(streams, group, input);
      const matches = parseFilterPattern(input.filterPattern);
      const start = input.nextToken === undefined ? BEGINNING : parseFilterToken(input.nextToken);
      const range = { startMs: input.startTime, endMs: input.endTime };

      const page: FilteredLogEvent[] = [];
      let pageBytes = 0;
      let scanned = 0;
      let next: Position | undefined;
      for (const event of events.inGroup(group, start, range)) {
        const matching = isChosen(event) && matches(event.message);
        const bytes = matching ? sizeBytes(event.message) : 0;
        // One event more than the page has room for is what shows that there is another page.
        if (
          scanned === MAX_SCANNED_EVENTS ||
          (matching && page.length === input.limit) ||
          (pageBytes + bytes > MAX_PAGE_BYTES && page.length > 0)
        ) {
          next = event;
          break;
        }
        scanned += 1;
        if (!matching) continue;
        page.push(wireEvent(event));
        pageBytes += bytes;
      }
      // AWS has answered with an empty list since 2019.
      return { events: page, searchedLogStreams: [], ...(next !== undefined && { nextToken: digits(next) }) };
    },
  );
}

const BEGINNING: Position = { timestampMs: 0, id: 0 };

function chosenStreams(
  streams: LogStreams,
  group: LogGroup,
  { logStreamNames, logStreamNamePrefix }: z.output<typeof inputSchema>,
): (event: LogEvent) => boolean {
  if (logStreamNames !== undefined && logStreamNamePrefix !== undefined) {
    throw invalidParameter('LogStream names and LogStream name prefix are mutually exclusive parameters.');
  }
  if (logStreamNames !== undefined) {
    const names = new Set(logStreamNames.map((name) => streams.get(group, name).name));
    return ({ streamName }) => names.has(streamName);
  }
  if (logStreamNamePrefix !== undefined) {
    return ({ streamName }) => streamName.startsWith(logStreamNamePrefix);
  }
  return () => true;
}

function wireEvent(event: LogEvent): FilteredLogEvent {
  return {
    logStreamName: event.streamName,
    timestamp: event.timestampMs,
    message: event.message,
    ingestionTime: event.ingestionMs,
    eventId: digits(event),
  };
}
