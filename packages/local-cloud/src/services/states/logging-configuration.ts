import { z } from 'zod';
import { invalidLogging } from './errors.ts';

/** As DescribeStateMachine gives it back. */
export const loggingSchema = z.strictObject({
  level: z.enum(['ALL', 'ERROR', 'FATAL', 'OFF']).default('OFF'),
  includeExecutionData: z.boolean().default(false),
  destinations: z
    .array(
      z.strictObject({
        cloudWatchLogsLogGroup: z
          .strictObject({ logGroupArn: z.string().min(1).max(256).optional() })
          .optional(),
      }),
    )
    .optional(),
});

export type Logging = z.output<typeof loggingSchema>;

export const NO_LOGGING: Logging = { level: 'OFF', includeExecutionData: false };

/** The group that the events go to; undefined where there is none. Throws InvalidLoggingConfiguration. */
export function logGroupOf({ level, destinations = [] }: Logging): string | undefined {
  const [destination, ...more] = destinations;
  if (destination === undefined && level === 'OFF') return undefined;
  const logGroupArn = destination?.cloudWatchLogsLogGroup?.logGroupArn;
  if (logGroupArn === undefined || more.length > 0) {
    throw invalidLogging('Must specify exactly one Log Destination.');
  }
  const group = /^arn:[^:]+:logs:[^:]+:\d{12}:log-group:([^:*]+)(?::\*)?$/.exec(logGroupArn)?.[1];
  if (group === undefined) throw invalidLogging('Log Destination not found.');
  return group;
}
