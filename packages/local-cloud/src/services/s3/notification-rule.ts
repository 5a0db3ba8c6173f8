import { z } from 'zod';

/** What happened to an object, as notification events name it (without the `s3:` of a configuration). */
export const EVENT_NAMES = [
  'ObjectCreated:Put',
  'ObjectCreated:Copy',
  'ObjectCreated:CompleteMultipartUpload',
  'ObjectRemoved:Delete',
] as const;
export type EventName = (typeof EVENT_NAMES)[number];

/** What a configuration may name: the above, their wildcards, and those of the kind that never happen here (no versions, no forms). */
export const CONFIGURABLE_EVENTS: ReadonlySet<string> = new Set([
  's3:ObjectCreated:*',
  's3:ObjectCreated:Post',
  's3:ObjectRemoved:*',
  's3:ObjectRemoved:DeleteMarkerCreated',
  ...EVENT_NAMES.map((name) => `s3:${name}`),
]);

/** One LambdaFunctionConfiguration of a bucket. */
export const notificationRulesSchema = z.array(
  z.strictObject({
    id: z.string(),
    functionArn: z.string(),
    events: z.array(z.string()),
    prefix: z.string().optional(),
    suffix: z.string().optional(),
  }),
);
export type NotificationRule = z.infer<typeof notificationRulesSchema>[number];

export function ruleMatches(rule: NotificationRule, eventName: EventName, key: string): boolean {
  return (
    rule.events.some((event) => eventMatches(event, `s3:${eventName}`)) &&
    key.startsWith(rule.prefix ?? '') &&
    key.endsWith(rule.suffix ?? '')
  );
}

/** Whether some object and event could match both: S3 refuses such a pair, for it delivers each event once. */
export function rulesOverlap(left: NotificationRule, right: NotificationRule): boolean {
  const [prefix1, prefix2] = [left.prefix ?? '', right.prefix ?? ''];
  const [suffix1, suffix2] = [left.suffix ?? '', right.suffix ?? ''];
  return (
    left.events.some((one) =>
      right.events.some((other) => eventMatches(one, other) || eventMatches(other, one)),
    ) &&
    (prefix1.startsWith(prefix2) || prefix2.startsWith(prefix1)) &&
    (suffix1.endsWith(suffix2) || suffix2.endsWith(suffix1))
  );
}

function eventMatches(pattern: string, event: string): boolean {
  return pattern.endsWith(':*') ? event.startsWith(pattern.slice(0, -1)) : pattern === event;
}
