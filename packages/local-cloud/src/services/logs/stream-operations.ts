import type {
  DescribeLogStreamsCommandOutput,
  LogStream as WireLogStream,
} from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import type { Operation } from '../../server/service.ts';
import type { Output } from '../output.ts';
import { validatedOperation } from '../validated-operation.ts';
import { invalidParameter, LOGS_VALIDATION } from './errors.ts';
import { chooseGroup } from './group-choice.ts';
import {
  describeLimit,
  logGroupIdentifier,
  logGroupName,
  logStreamName,
  pageToken,
} from './input-members.ts';
import { decodeListToken, encodeListToken } from './list-token.ts';
import type { LogGroups } from './log-groups.ts';
import type { LogStream, LogStreams } from './log-streams.ts';

const listToken = z.strictObject({ name: z.string(), lastEventMs: z.number().int().min(0) });

export function streamOperations(groups: LogGroups, streams: LogStreams) {
  return {
    CreateLogStream: validatedOperation(
      LOGS_VALIDATION,
      'CreateLogStream',
      z.strictObject({ logGroupName, logStreamName }),
      (input): void => {
        streams.create(groups.get(input.logGroupName), input.logStreamName);
      },
    ),

    DeleteLogStream: validatedOperation(
      LOGS_VALIDATION,
      'DeleteLogStream',
      z.strictObject({ logGroupName, logStreamName }),
      (input) => streams.delete(groups.get(input.logGroupName), input.logStreamName),
    ),

    DescribeLogStreams: validatedOperation(
      LOGS_VALIDATION,
      'DescribeLogStreams',
      z.strictObject({
        logGroupName: logGroupName.optional(),
        logGroupIdentifier: logGroupIdentifier.optional(),
        logStreamNamePrefix: logStreamName.optional(),
        orderBy: z.enum(['LogStreamName', 'LastEventTime']).default('LogStreamName'),
        descending: z.boolean().default(false),
        nextToken: pageToken.optional(),
        limit: describeLimit,
      }),
      (input): Output<DescribeLogStreamsCommandOutput> => {
        const { logStreamNamePrefix, orderBy, descending, nextToken, limit } = input;
        if (orderBy === 'LastEventTime' && logStreamNamePrefix !== undefined) {
          throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
        }
        const group = chooseGroup(groups, input);
        const from = nextToken === undefined ? undefined : decodeListToken(nextToken, listToken);
        const query = { prefix: logStreamNamePrefix ?? '', order: orderBy, descending };
        const found = streams.list(group, query, from, limit + 1);
        const page = found.slice(0, limit);
        const last = page.at(-1);
        return {
          logStreams: page.map((stream) => wireStream(stream, groups.arn(group.name))),
          ...(found.length > limit &&
            last !== undefined && {
              nextToken: encodeListToken({ name: last.name, lastEventMs: last.lastEventMs ?? 0 }),
            }),
        };
      },
    ),
  } satisfies Record<string, Operation>;
}

function wireStream(stream: LogStream, groupArn: string): WireLogStream {
  return {
    logStreamName: stream.name,
    creationTime: stream.createdMs,
    ...(stream.firstEventMs !== undefined && { firstEventTimestamp: stream.firstEventMs }),
    ...(stream.lastEventMs !== undefined && { lastEventTimestamp: stream.lastEventMs }),
    ...(stream.lastIngestionMs !== undefined && { lastIngestionTime: stream.lastIngestionMs }),
    arn: `${groupArn}:log-stream:${stream.name}`,
    // AWS has counted no bytes per stream since 2019.
    storedBytes: 0,
  };
}
