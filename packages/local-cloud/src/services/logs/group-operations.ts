import type {
  DescribeLogGroupsCommandOutput,
  ListTagsForResourceCommandOutput,
  LogGroup as WireLogGroup,
} from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import type { Operation } from '../../server/service.ts';
import type { Output } from '../output.ts';
import { validatedOperation } from '../validated-operation.ts';
import { invalidParameter, LOGS_VALIDATION } from './errors.ts';
import { describeLimit, logGroupIdentifier, logGroupName, pageToken, tags } from './input-members.ts';
import { decodeListToken, encodeListToken } from './list-token.ts';
import type { LogGroup, LogGroups } from './log-groups.ts';

/** The retention periods that AWS offers, in days. */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const listToken = z.strictObject({ name: z.string() });

export function groupOperations(groups: LogGroups) {
  return {
    CreateLogGroup: validatedOperation(
      LOGS_VALIDATION,
      'CreateLogGroup',
      z.strictObject({
        logGroupName,
        tags: tags.optional(),
        logGroupClass: z.literal('STANDARD').optional(),
      }),
      (input): void => {
        groups.create(input.logGroupName, input.tags);
      },
    ),

    DeleteLogGroup: validatedOperation(
      LOGS_VALIDATION,
      'DeleteLogGroup',
      z.strictObject({ logGroupName }),
      (input) => groups.delete(input.logGroupName),
    ),

    DescribeLogGroups: validatedOperation(
      LOGS_VALIDATION,
      'DescribeLogGroups',
      z.strictObject({
        logGroupNamePrefix: logGroupName.optional(),
        logGroupNamePattern: logGroupName.optional(),
        nextToken: pageToken.optional(),
        limit: describeLimit,
      }),
      ({
        logGroupNamePrefix,
        logGroupNamePattern,
        nextToken,
        limit,
      }): Output<DescribeLogGroupsCommandOutput> => {
        if (logGroupNamePrefix !== undefined && logGroupNamePattern !== undefined) {
          throw invalidParameter(
            'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
          );
        }
        const match =
          logGroupNamePattern === undefined
            ? { prefix: logGroupNamePrefix ?? '' }
            : { pattern: logGroupNamePattern };
        const from = nextToken === undefined ? '' : decodeListToken(nextToken, listToken).name;
        const found = groups.list(match, from, limit + 1);
        const page = found.slice(0, limit);
        const last = page.at(-1);
        return {
          logGroups: page.map((group) => wireGroup(group, groups.arn(group.name))),
          ...(found.length > limit &&
            last !== undefined && { nextToken: encodeListToken({ name: last.name }) }),
        };
      },
    ),

    PutRetentionPolicy: validatedOperation(
      LOGS_VALIDATION,
      'PutRetentionPolicy',
      z.strictObject({ logGroupName, retentionInDays: z.literal([...RETENTION_DAYS]) }),
      (input) => groups.setRetention(input.logGroupName, input.retentionInDays),
    ),

    DeleteRetentionPolicy: validatedOperation(
      LOGS_VALIDATION,
      'DeleteRetentionPolicy',
      z.strictObject({ logGroupName }),
      (input) => groups.setRetention(input.logGroupName, undefined),
    ),

    TagResource: validatedOperation(
      LOGS_VALIDATION,
      'TagResource',
      z.strictObject({ resourceArn: logGroupIdentifier, tags }),
      (input) => groups.tag(groups.nameOf(input.resourceArn), input.tags),
    ),

    UntagResource: validatedOperation(
      LOGS_VALIDATION,
      'UntagResource',
      z.strictObject({
        resourceArn: logGroupIdentifier,
        tagKeys: z.array(z.string().min(1).max(128)).max(50),
      }),
      (input) => groups.untag(groups.nameOf(input.resourceArn), input.tagKeys),
    ),

    ListTagsForResource: validatedOperation(
      LOGS_VALIDATION,
      'ListTagsForResource',
      z.strictObject({ resourceArn: logGroupIdentifier }),
      (input): Output<ListTagsForResourceCommandOutput> => ({
        tags: groups.tags(groups.nameOf(input.resourceArn)),
      }),
    ),
  } satisfies Record<string, Operation>;
}

function wireGroup(group: LogGroup, arn: string): WireLogGroup {
  return {
    logGroupName: group.name,
    creationTime: group.createdMs,
    ...(group.retentionDays !== undefined && { retentionInDays: group.retentionDays }),
    metricFilterCount: 0,
    arn: `${arn}:*`,
    logGroupArn: arn,
    storedBytes: group.storedBytes,
    logGroupClass: 'STANDARD',
  };
}
