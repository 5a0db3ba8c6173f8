import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { type NotificationRule, notificationRulesSchema } from './notification-rule.ts';

const tagsSchema = z.array(z.strictObject({ Key: z.string(), Value: z.string() }));
export type BucketTags = z.infer<typeof tagsSchema>;

const rowSchema = z.strictObject({
  name: z.string(),
  created_ms: z.int(),
  tags: z.string(),
  notifications: z.string(),
});

export interface Bucket {
  readonly name: string;
  readonly createdMs: number;
  readonly tags: BucketTags;
  readonly notifications: readonly NotificationRule[];
}

/**
 * The buckets. They are few and asked for by every request, so they are also held in memory; this process is the only
 * writer (one cloud per state folder).
 */
export class BucketTable {
  readonly #database: DatabaseSync;
  readonly #buckets = new Map<string, Bucket>();

  constructor(database: DatabaseSync) {
    this.#database = database;
    for (const row of database
      .prepare('SELECT name, created_ms, tags, notifications FROM s3_buckets')
      .all()) {
      const { name, created_ms: createdMs, tags, notifications } = rowSchema.parse({ ...row });
      this.#buckets.set(name, {
        name,
        createdMs,
        tags: tagsSchema.parse(JSON.parse(tags)),
        notifications: notificationRulesSchema.parse(JSON.parse(notifications)),
      });
    }
  }

  get(name: string): Bucket | undefined {
    return this.#buckets.get(name);
  }

  /** By name. */
  list(): Bucket[] {
    return [...this.#buckets.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  }

  put(bucket: Bucket): void {
    this.#database
      .prepare(
        `INSERT INTO s3_buckets (name, created_ms, tags, notifications) VALUES (?, ?, ?, ?)
         ON CONFLICT (name) DO UPDATE SET tags = excluded.tags, notifications = excluded.notifications`,
      )
      .run(bucket.name, bucket.createdMs, JSON.stringify(bucket.tags), JSON.stringify(bucket.notifications));
    this.#buckets.set(bucket.name, bucket);
  }

  delete(name: string): void {
    this.#database.prepare('DELETE FROM s3_buckets WHERE name = ?').run(name);
    this.#buckets.delete(name);
  }
}
