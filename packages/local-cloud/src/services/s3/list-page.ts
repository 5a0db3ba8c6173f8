import type { ObjectTable } from './object-table.ts';
import type { StoredObject } from './stored-object.ts';

export interface ListRequest {
  readonly prefix: string;
  readonly delimiter: string;
  /** Only what sorts after it is listed; a common prefix counts as a key. */
  readonly after: string;
  readonly maxKeys: number;
}

export interface ListPage {
  readonly objects: readonly StoredObject[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
  /** The last key or common prefix of the page: `after` of the next. */
  readonly last: string;
}

const MAX_BATCH = 1000;

/** One page of a listing: keys in UTF-8 order, those that share a prefix up to the delimiter rolled up into one. */
export function listPage(objects: ObjectTable, bucket: string, request: ListRequest): ListPage {
  const { prefix, delimiter, after, maxKeys } = request;
  const before = successor(Buffer.from(prefix));
  const page: { objects: StoredObject[]; commonPrefixes: string[] } = { objects: [], commonPrefixes: [] };
  let last = '';
  let count = 0;
  let from: Uint8Array | undefined = startOf(request);
  // With a delimiter the next row may begin a prefix of any size, which is then jumped over: plain keys have to follow one
  // another before more of them are read at once.
  let batchSize = delimiter === '' ? MAX_BATCH : 1;
  while (from !== undefined) {
    const batch = objects.range(bucket, from, before, Math.min(batchSize, maxKeys - count + 1));
    from = undefined;
    batchSize = Math.min(batchSize * 4, MAX_BATCH);
    for (const object of batch) {
      const common = commonPrefix(object.key, prefix, delimiter);
      if (common !== undefined && common === after) {
        from = successor(Buffer.from(common));
        break;
      }
      if (count === maxKeys) return { ...page, isTruncated: maxKeys > 0, last };
      count++;
      if (common === undefined) {
        page.objects.push(object);
        last = object.key;
        from = Buffer.from(`${object.key}\0`);
      } else {
        page.commonPrefixes.push(common);
        last = common;
        // The rest of the prefix is not read at all, however many keys it has.
        from = successor(Buffer.from(common));
        batchSize = 1;
        break;
      }
    }
  }
  return { ...page, isTruncated: false, last };
}

function startOf({ prefix, after }: ListRequest): Uint8Array {
  const start = Buffer.from(prefix);
  if (after === '') return start;
  const next = Buffer.from(`${after}\0`);
  return Buffer.compare(next, start) > 0 ? next : start;
}

/** The part of a key up to the first delimiter after the prefix; undefined for a key that stands for itself. */
export function commonPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  if (delimiter === '') return undefined;
  const end = key.indexOf(delimiter, prefix.length);
  return end === -1 ? undefined : key.slice(0, end + delimiter.length);
}

/** The least byte string after all those that begin with these bytes; undefined if there is none. */
export function successor(bytes: Uint8Array): Uint8Array | undefined {
  for (let length = bytes.length; length > 0; length--) {
    const byte = bytes[length - 1];
    if (byte !== undefined && byte < 0xff) {
      const next = Uint8Array.from(bytes.subarray(0, length));
      next[length - 1] = byte + 1;
      return next;
    }
  }
  return undefined;
}
