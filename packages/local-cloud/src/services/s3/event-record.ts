import type { EventName } from './notification-rule.ts';

export interface ObjectEvent {
  readonly eventName: EventName;
  readonly bucket: string;
  readonly key: string;
  /** Undefined for a removal, whose record has neither size nor ETag. */
  readonly object: { readonly sizeBytes: number; readonly etag: string } | undefined;
  readonly sequencer: string;
  readonly timeMs: number;
}

/** Who did it, as far as the record tells. */
export interface EventOrigin {
  readonly requestId: string;
  readonly sourceIp: string;
  readonly principalId: string;
}

/**
 * The payload of one S3 notification, its keys in the order in which S3 sends them (event message structure 2.1).
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function eventPayload(
  event: ObjectEvent,
  origin: EventOrigin,
  region: string,
  configurationId: string,
): string {
  const record = {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: region,
    eventTime: new Date(event.timeMs).toISOString(),
    eventName: event.eventName,
    userIdentity: { principalId: `AWS:${origin.principalId}` },
    requestParameters: { sourceIPAddress: origin.sourceIp },
    responseElements: { 'x-amz-request-id': origin.requestId, 'x-amz-id-2': origin.requestId },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: {
        name: event.bucket,
        ownerIdentity: { principalId: origin.principalId },
        arn: `arn:aws:s3:::${event.bucket}`,
      },
      object: {
        key: eventKey(event.key),
        ...(event.object === undefined ? {} : { size: event.object.sizeBytes, eTag: event.object.etag }),
        sequencer: event.sequencer,
      },
    },
  };
  return JSON.stringify({ Records: [record] });
}

/** A key as events carry it: form-encoded, so a space is '+', but for the slashes. */
export function eventKey(key: string): string {
  return encodeURIComponent(key)
    .replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
    .replaceAll('%2F', '/');
}
