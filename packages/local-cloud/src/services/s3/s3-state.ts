import { join } from 'node:path';
import type { CloudEnvironment } from '../../server/environment.ts';
import type { EventTarget } from '../../server/ports.ts';
import { GroupCommit } from '../../storage/group-commit.ts';
import { BlobStore } from './blob-store.ts';
import { type Bucket, BucketTable } from './bucket-table.ts';
import { CompletedUploads } from './completed-uploads.ts';
import { noSuchBucket } from './errors.ts';
import { type EventOrigin, eventPayload } from './event-record.ts';
import type { Address } from './names.ts';
import { type EventName, ruleMatches } from './notification-rule.ts';
import { ObjectTable } from './object-table.ts';
import type { StoredObject } from './stored-object.ts';
import { createTables } from './tables.ts';
import { UploadTable } from './upload-table.ts';

/** Everything that the operations share, and the one place where objects change. */
export class S3State {
  readonly environment: CloudEnvironment;
  readonly events: EventTarget;
  readonly blobs: BlobStore;
  readonly buckets: BucketTable;
  readonly objects: ObjectTable;
  readonly uploads: UploadTable;
  readonly completedUploads: CompletedUploads;
  readonly #commits: GroupCommit;

  constructor(environment: CloudEnvironment, events: EventTarget) {
    createTables(environment.database);
    this.environment = environment;
    this.events = events;
    this.blobs = new BlobStore(join(environment.stateDir, 's3', 'blobs'));
    this.buckets = new BucketTable(environment.database);
    this.objects = new ObjectTable(environment.database);
    this.uploads = new UploadTable(environment.database);
    this.completedUploads = new CompletedUploads(environment.database, environment.clock.now());
    this.#commits = new GroupCommit(environment.database);
    this.#sweep();
  }

  /** Clears away what a killed process left: blobs that were written but never committed, or replaced but not yet deleted. */
  #sweep(): void {
    const rows = this.environment.database
      .prepare('SELECT blob_id FROM s3_objects UNION ALL SELECT blob_id FROM s3_parts')
      .all();
    this.blobs.sweep(new Set(rows.map((row) => String(row['blob_id']))));
  }

  /** S3 knows modification times to the second, so that a listing and a Last-Modified header agree. */
  modificationTimeMs(): number {
    return Math.floor(this.environment.clock.now() / 1000) * 1000;
  }

  bucket(name: string): Bucket {
    const bucket = this.buckets.get(name);
    if (bucket === undefined) throw noSuchBucket(name);
    return bucket;
  }

  /**
   * Puts an object in its place: checks, row, events and whatever `alsoWrite` does are one transaction, so the object is
   * acknowledged if and only if its events are accepted. The replaced blob is unlinked afterwards; who reads it keeps it.
   */
  async commitObject(
    bucketName: string,
    object: StoredObject,
    eventName: EventName,
    origin: EventOrigin,
    check: (existing: StoredObject | undefined) => void,
    alsoWrite: () => void = () => {},
  ): Promise<void> {
    const replaced = await this.#commits.commit(() => {
      const bucket = this.bucket(bucketName);
      const existing = this.objects.get(bucketName, object.key);
      check(existing);
      alsoWrite();
      this.objects.put(bucketName, object);
      this.uploads.markOvertaken(bucketName, object.key);
      this.#enqueue(
        bucket,
        eventName,
        object.key,
        { sizeBytes: object.sizeBytes, etag: object.etag },
        origin,
      );
      return existing;
    });
    this.events.wake();
    if (replaced !== undefined) this.blobs.discard(replaced.blobId);
  }

  /** commitObject for a blob that exists for this object alone: a refusal takes the blob away again. */
  async commitReceived(...[bucket, object, ...rest]: Parameters<S3State['commitObject']>): Promise<void> {
    await this.receiving({ bucket, key: object.key }, object.blobId, () =>
      this.commitObject(bucket, object, ...rest),
    );
  }

  /** Does what is to make a blob the object at an address. When it fails, the blob goes, unless it was committed all the same. */
  async receiving<Result>(
    { bucket, key }: Address,
    blobId: string,
    work: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      await this.#removeUncommitted(bucket, key, blobId);
      throw error;
    }
  }

  /** What cannot be removed now is left to the next start's sweep: the caller has a better error to tell of. */
  async #removeUncommitted(bucket: string, key: string, blobId: string): Promise<void> {
    try {
      if (this.objects.get(bucket, key)?.blobId !== blobId) await this.blobs.remove(blobId);
    } catch {}
  }

  /** Removes an object if it is there. S3 announces only what was removed. */
  async removeObject(
    bucketName: string,
    key: string,
    origin: EventOrigin,
    check: (existing: StoredObject | undefined) => void,
  ): Promise<void> {
    const removed = await this.#commits.commit(() => {
      const bucket = this.bucket(bucketName);
      const existing = this.objects.get(bucketName, key);
      check(existing);
      if (existing === undefined) return undefined;
      this.objects.delete(bucketName, key);
      this.uploads.markOvertaken(bucketName, key);
      this.#enqueue(bucket, 'ObjectRemoved:Delete', key, undefined, origin);
      return existing;
    });
    if (removed === undefined) return;
    this.events.wake();
    this.blobs.discard(removed.blobId);
  }

  #enqueue(
    bucket: Bucket,
    eventName: EventName,
    key: string,
    object: { sizeBytes: number; etag: string } | undefined,
    origin: EventOrigin,
  ): void {
    const rule = bucket.notifications.find((one) => ruleMatches(one, eventName, key));
    if (rule === undefined) return;
    const timeMs = this.environment.clock.now();
    const event = {
      eventName,
      bucket: bucket.name,
      key,
      object,
      sequencer: this.#nextSequencer(timeMs),
      timeMs,
    };
    this.events.enqueue(rule.functionArn, eventPayload(event, origin, this.environment.region, rule.id));
  }

  /** Grows with every event, across restarts and clocks set back; 18 hex digits, as S3's have, so that text compares like numbers. */
  #nextSequencer(nowMs: number): string {
    const row = this.environment.database
      .prepare('UPDATE s3_sequence SET last = max(last + 1, ?) RETURNING last')
      .get(nowMs * 1000);
    return Number(row?.['last']).toString(16).toUpperCase().padStart(18, '0');
  }
}
