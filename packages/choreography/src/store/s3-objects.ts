import type { S3Client } from '@aws-sdk/client-s3';

import type { Objects } from './ports.ts';

/** S3's limit. */
const MAX_REMOVED_AT_ONCE = 1000;

/**
 * A bucket. Client and commands are loaded when the first object is: most workflows have none, and what an environment loads is part of
 * its cold start.
 */
export class S3Objects implements Objects {
  readonly #client: () => Promise<S3Client>;
  readonly #bucket: string;

  constructor(client: () => Promise<S3Client>, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  async put(key: string, text: string): Promise<void> {
    const { PutObjectCommand } = await import('@aws-sdk/client-s3');
    const client = await this.#client();
    await client.send(
      new PutObjectCommand({ Bucket: this.#bucket, Key: key, Body: text, ContentType: 'application/json' }),
    );
  }

  async get(key: string): Promise<string | undefined> {
    const { GetObjectCommand, NoSuchKey } = await import('@aws-sdk/client-s3');
    const client = await this.#client();
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key }));
      return await Body?.transformToString();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  async list(prefix: string): Promise<readonly string[]> {
    const { paginateListObjectsV2 } = await import('@aws-sdk/client-s3');
    const client = await this.#client();
    const keys: string[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2(
      { client },
      { Bucket: this.#bucket, Prefix: prefix },
    )) {
      keys.push(...Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key])));
    }
    return keys;
  }

  async remove(keys: readonly string[]): Promise<void> {
    const { DeleteObjectsCommand } = await import('@aws-sdk/client-s3');
    const client = await this.#client();
    for (let start = 0; start < keys.length; start += MAX_REMOVED_AT_ONCE) {
      const Objects = keys.slice(start, start + MAX_REMOVED_AT_ONCE).map((Key) => ({ Key }));
      const { Errors = [] } = await client.send(
        new DeleteObjectsCommand({ Bucket: this.#bucket, Delete: { Objects, Quiet: true } }),
      );
      const [first] = Errors;
      if (first !== undefined)
        throw new Error(`s3://${this.#bucket}/${first.Key} was not deleted: ${first.Code} ${first.Message}`);
    }
  }
}
