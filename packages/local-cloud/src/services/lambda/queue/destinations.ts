import { randomUUID } from 'node:crypto';
import type { ObjectStore } from '../../../server/ports.ts';
import { invalidParameter } from '../errors.ts';
import { eventTarget } from '../function-record.ts';

/** Where AWS can send a record and we can: a bucket or a function of this cloud. */
export type Destination =
  | { readonly kind: 'bucket'; readonly bucket: string }
  | { readonly kind: 'function'; readonly functionName: string; readonly target: string };

export type DestinationUse = 'on-success' | 'on-failure' | 'dead-letter';

/** Parses and checks a destination's ARN; throws an InvalidParameterValueException that names what is not supported. */
export function parseDestination(arn: string, use: DestinationUse): Destination {
  const bucket = arn.match(/^arn:aws[a-z-]*:s3:::([a-z0-9.-]{3,63})$/)?.[1];
  if (bucket !== undefined && use !== 'on-success') return { kind: 'bucket', bucket };
  const [, functionName, version] =
    arn.match(
      /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:([A-Za-z0-9_-]{1,64})(?::(\$LATEST|\d+))?$/,
    ) ?? [];
  if (functionName !== undefined) {
    return { kind: 'function', functionName, target: eventTarget(functionName, version) };
  }

  const service = arn.match(/^arn:aws[a-z-]*:([a-z0-9-]+):/)?.[1];
  if (bucket !== undefined) {
    throw invalidParameter(
      `The provided destination config DestinationConfig is invalid: S3 is an on-failure destination only (${arn})`,
    );
  }
  if (service === 'sqs' || service === 'sns' || service === 'events') {
    throw invalidParameter(
      `The ${use} target ${arn} is of the service ${service}, which Skyground's embedded cloud does not have. ` +
        'Expected the ARN of an S3 bucket (not for on-success) or of a Lambda function.',
    );
  }
  throw invalidParameter(
    `The ${use} target '${arn}' is not valid: expected the ARN of an S3 bucket or of a Lambda function.`,
  );
}

/** As AWS names the objects of an S3 destination: aws/lambda/async/NAME/2026/11/21/2026-11-21T06.42.03-UUID. */
export function destinationKey(functionName: string, nowMs: number): string {
  const time = new Date(nowMs).toISOString();
  const day = time.slice(0, 10).replaceAll('-', '/');
  return `aws/lambda/async/${functionName}/${day}/${time.slice(0, 19).replaceAll(':', '.')}-${randomUUID()}`;
}

/** Delivers to a bucket; a function is given its event by the queue, in the transaction that ends the first event. */
export async function deliverToBucket(
  objects: ObjectStore,
  bucket: string,
  functionName: string,
  document: string,
  nowMs: number,
): Promise<void> {
  await objects.write(bucket, destinationKey(functionName, nowMs), Buffer.from(document), 'application/json');
}
