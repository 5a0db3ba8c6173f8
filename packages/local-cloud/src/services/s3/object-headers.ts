import { AwsError } from '../../errors.ts';
import type { RequestContext } from '../../server/service.ts';
import type { ObjectHeaders, StoredChecksum, StoredObject } from './stored-object.ts';

const MAX_METADATA_BYTES = 2048;

interface HeaderMembers {
  readonly ContentType?: string | undefined;
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly Metadata?: Record<string, string> | undefined;
}

/** The headers that a write asks to be kept. */
export function readObjectHeaders(input: HeaderMembers, context: RequestContext): ObjectHeaders {
  const metadata = { ...input.Metadata };
  const sizeBytes = Object.entries(metadata).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name + value),
    0,
  );
  if (sizeBytes > MAX_METADATA_BYTES) {
    throw new AwsError(
      'MetadataTooLarge',
      'Your metadata headers exceed the maximum allowed metadata size',
      400,
      {
        Size: sizeBytes,
        MaxSizeAllowed: MAX_METADATA_BYTES,
      },
    );
  }
  // aws-chunked is how the body travelled, not what it is.
  const contentEncoding = input.ContentEncoding?.split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== 'aws-chunked' && coding !== '')
    .join(',');
  return {
    contentType: input.ContentType,
    cacheControl: input.CacheControl,
    contentDisposition: input.ContentDisposition,
    contentEncoding: contentEncoding === '' ? undefined : contentEncoding,
    contentLanguage: input.ContentLanguage,
    expires: context.headers.expires,
    metadata,
  };
}

interface Overrides {
  readonly ResponseContentType?: string | undefined;
  readonly ResponseCacheControl?: string | undefined;
  readonly ResponseContentDisposition?: string | undefined;
  readonly ResponseContentEncoding?: string | undefined;
  readonly ResponseContentLanguage?: string | undefined;
  readonly ResponseExpires?: Date | undefined;
  readonly ChecksumMode?: string | undefined;
}

/** The members of a GetObject or HeadObject answer that come from what is stored, the response-* overrides first. */
export function describeObject(
  object: StoredObject,
  overrides: Overrides,
  wholeObject: boolean,
): Record<string, unknown> {
  const { headers } = object;
  return {
    AcceptRanges: 'bytes',
    LastModified: new Date(object.lastModifiedMs),
    ETag: `"${object.etag}"`,
    ContentType: overrides.ResponseContentType ?? headers.contentType ?? 'binary/octet-stream',
    CacheControl: overrides.ResponseCacheControl ?? headers.cacheControl,
    ContentDisposition: overrides.ResponseContentDisposition ?? headers.contentDisposition,
    ContentEncoding: overrides.ResponseContentEncoding ?? headers.contentEncoding,
    ContentLanguage: overrides.ResponseContentLanguage ?? headers.contentLanguage,
    ExpiresString: overrides.ResponseExpires?.toUTCString() ?? headers.expires,
    Metadata: headers.metadata,
    ServerSideEncryption: 'AES256',
    // A checksum of the whole says nothing of a range.
    ...(overrides.ChecksumMode === 'ENABLED' && wholeObject ? checksumMembers(object.checksum) : {}),
  };
}

/** `ChecksumCRC32: '...'` and its type, as every answer names them. */
export function checksumMembers({ algorithm, type, value }: StoredChecksum): Record<string, string> {
  return { [`Checksum${algorithm}`]: value, ChecksumType: type };
}

/** The checksum member of an input (`ChecksumCRC32`) or of a part in a list. */
export function checksumMember(input: object, algorithm: StoredChecksum['algorithm']): string | undefined {
  const value: unknown = Object.entries(input).find(([name]) => name === `Checksum${algorithm}`)?.[1];
  return typeof value === 'string' ? value : undefined;
}
