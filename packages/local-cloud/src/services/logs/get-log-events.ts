import type { GetLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import type { Output } from '../output.ts';
import { validatedOperation } from '../validated-operation.ts';
import { LOGS_VALIDATION } from './errors.ts';
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
import type { LogGroups } from './log-groups.ts';
import type { LogStreams } from './log-streams.ts';
import { MAX_EVENTS_PER_PAGE, MAX_PAGE_BYTES } from './page-limits.ts';
import { after, type Direction, directionToken, type Position, parseDirectionToken } from './position.ts';

/**
 * Events of one stream. The newest page comes first unless startFromHead; within a page events run forward in time.
 * A page that holds nothing answers with the token it was asked with, which is how readers learn that they are at the end.
 */
export function getLogEvents(groups: LogGroups, streams: LogStreams, events: LogEvents) {
  return validatedOperation(
    LOGS_VALIDATION,
    'GetLogEvents',
    z.strictObject({
      logGroupName: logGroupName.optional(),
      logGroupIdentifier: logGroupIdentifier.optional(),
      logStreamName,
      startTime: timestampMs.default(0),
      endTime: timestampMs.optional(),
      nextToken: pageToken.optional(),
      limit: eventLimit.default(MAX_EVENTS_PER_PAGE),
      startFromHead: z.boolean().default(false),
      unmask: z.literal(false).optional(),
    }),
    (input): Output<GetLogEventsCommandOutput> => {
      const stream = streams.get(chooseGroup(groups, input), input.logStreamName);
      // Unlike FilterLogEvents, the end is exclusive.
      const range = {
        startMs: input.startTime,
        endMs: input.endTime === undefined ? Number.MAX_SAFE_INTEGER : input.endTime - 1,
      };
      const { direction, position } =
        input.nextToken === undefined
          ? startOf(input.startFromHead ? 'f' : 'b', input.startTime)
          : parseDirectionToken(input.nextToken);
      const page = firstMegabyte(events.inStream(stream, direction, position, range, input.limit));
      if (direction === 'b') page.reverse();

      const first = page[0];
      const last = page.at(-1);
      // Before anything was found, both ways lead on from where we stand; an empty stream's newest end is its start.
      const here =
        first === undefined && position === NEWEST ? { timestampMs: input.startTime, id: 0 } : position;
      return {
        events: page.map(({ timestampMs, message, ingestionMs }) => ({
          timestamp: timestampMs,
          message,
          ingestionTime: ingestionMs,
        })),
        nextForwardToken: directionToken('f', last === undefined ? here : after(last)),
        nextBackwardToken: directionToken('b', first ?? here),
      };
    },
  );
}

const NEWEST: Position = { timestampMs: Number.MAX_SAFE_INTEGER, id: 0 };

function startOf(
  direction: Direction,
  startMs: number,
): { readonly direction: Direction; readonly position: Position } {
  return { direction, position: direction === 'f' ? { timestampMs: startMs, id: 0 } : NEWEST };
}

function firstMegabyte(events: Iterable<LogEvent>): LogEvent[] {
  const page: LogEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    bytes += sizeBytes(event.message);
    if (bytes > MAX_PAGE_BYTES && page.length > 0) break;
    page.push(event);
  }
  return page;
}
