import { AwsError } from '../../errors.ts';
import { noSuchKey } from './errors.ts';
import type { StoredObject } from './stored-object.ts';

/** Conditions of writes, as recorded of AWS (If-None-Match takes only `*`, If-Match only an ETag). */
export interface WriteConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
}

/** Refuses what S3 refuses before it looks at the object. */
export function checkWriteConditionsForm({ IfMatch, IfNoneMatch }: WriteConditions): void {
  if (IfMatch !== undefined && IfNoneMatch !== undefined) {
    throw unsupportedHeader(
      'If-Match,If-None-Match',
      'Multiple conditional request headers present in the request',
    );
  }
  if (IfNoneMatch !== undefined && IfNoneMatch !== '*') {
    throw unsupportedHeader(
      'If-None-Match',
      "We don't accept the provided value of If-None-Match header for this API",
    );
  }
  if (IfMatch === '*') {
    throw unsupportedHeader('If-Match', "We don't accept the provided value of If-Match header for this API");
  }
}

/** To be called in the transaction that writes, so that of racing writers one wins. */
export function checkWriteConditions(
  { IfMatch, IfNoneMatch }: WriteConditions,
  key: string,
  existing: StoredObject | undefined,
): void {
  if (IfNoneMatch !== undefined && existing !== undefined) throw preconditionFailed('If-None-Match');
  if (IfMatch === undefined) return;
  if (existing === undefined) throw noSuchKey(key);
  if (IfMatch !== '*' && !etagEquals(IfMatch, existing.etag)) throw preconditionFailed('If-Match');
}

export interface ReadConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

/** Conditions of a read, in the precedence of RFC 9110, 13.2.2. A 304 is thrown like every other refusal. */
export function checkReadConditions(conditions: ReadConditions, object: StoredObject, nowMs: number): void {
  const failed = failedReadCondition(conditions, object, nowMs);
  if (failed === undefined) return;
  if (failed === 'If-Match' || failed === 'If-Unmodified-Since') throw preconditionFailed(failed);
  throw new AwsError('304', 'Not Modified', 304, {
    headers: { etag: `"${object.etag}"`, 'last-modified': new Date(object.lastModifiedMs).toUTCString() },
  });
}

/** The same conditions on the source of a copy, where each failure is a 412. */
export function checkCopyConditions(conditions: ReadConditions, source: StoredObject, nowMs: number): void {
  const failed = failedReadCondition(conditions, source, nowMs);
  if (failed !== undefined) throw preconditionFailed(`x-amz-copy-source-${failed}`);
}

type ReadCondition = 'If-Match' | 'If-Unmodified-Since' | 'If-None-Match' | 'If-Modified-Since';

function failedReadCondition(
  { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince }: ReadConditions,
  object: StoredObject,
  nowMs: number,
): ReadCondition | undefined {
  const modifiedMs = object.lastModifiedMs;
  if (IfMatch !== undefined) {
    if (!matchesAny(IfMatch, object.etag)) return 'If-Match';
  } else if (IfUnmodifiedSince !== undefined && modifiedMs > IfUnmodifiedSince.getTime()) {
    return 'If-Unmodified-Since';
  }
  if (IfNoneMatch !== undefined) return matchesAny(IfNoneMatch, object.etag) ? 'If-None-Match' : undefined;
  // A date in the future is no valid condition and ignored.
  const isCondition = IfModifiedSince !== undefined && IfModifiedSince.getTime() <= nowMs;
  return isCondition && modifiedMs <= IfModifiedSince.getTime() ? 'If-Modified-Since' : undefined;
}

function matchesAny(condition: string, etag: string): boolean {
  return condition.split(',').some((one) => one.trim() === '*' || etagEquals(one, etag));
}

export function etagEquals(given: string, etag: string): boolean {
  return unquoted(given) === etag;
}

export function unquoted(etag: string): string {
  return etag.trim().replace(/^"(.*)"$/, '$1');
}

function preconditionFailed(condition: string): AwsError {
  return new AwsError(
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    412,
    {
      Condition: condition,
    },
  );
}

export function unsupportedHeader(header: string, additionalMessage?: string): AwsError {
  return new AwsError(
    'NotImplemented',
    'A header you provided implies functionality that is not implemented',
    501,
    {
      Header: header,
      ...(additionalMessage === undefined ? {} : { additionalMessage }),
    },
  );
}
