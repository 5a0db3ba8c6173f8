import {
  CreateBucketCommand,
  type CreateBucketCommandInput,
  DeleteBucketCommand,
  GetBucketTaggingCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutBucketTaggingCommand,
} from '@aws-sdk/client-s3';

import type { BucketDeclaration, ObjectOwnership } from '../declaration/bucket.ts';
import { CloudUsageError, NotOursError } from '../errors.ts';
import { declared } from '../references.ts';
import { isSdkError, orAbsent } from '../sdk-errors.ts';
import { carriesTags, tagText } from '../tags.ts';
import { deleteObjects, type ObjectSelection } from './bucket-objects.ts';
import type { Inspection, RemovalInspection, Resource, ResourceContext } from './resource.ts';

/**
 * A bucket. Ours is created with our tags, and emptied and deleted only if it carries them. A person's own must exist; of it only the
 * objects that its declaration calls ours are removed. Versions and delete markers of a versioned bucket stay behind.
 */
export class BucketResource implements Resource {
  readonly type: `${string} bucket`;
  readonly name: string;
  readonly #declaration: BucketDeclaration;
  readonly #context: ResourceContext;

  constructor(key: string, declaration: BucketDeclaration, context: ResourceContext) {
    this.type = `${key} bucket`;
    this.name = declared(context.names.buckets, 'bucket', key);
    this.#declaration = declaration;
    this.#context = context;
  }

  async inspect(): Promise<Inspection> {
    const exists = await this.#exists();
    if (this.#declaration.kind === 'existing') {
      if (exists) return { action: 'unchanged' };
      throw new CloudUsageError(
        `${this.#declaration.flag}: bucket ${this.name} does not exist in ${this.#context.region}. Make it first, or leave the flag out.`,
      );
    }
    if (!exists) {
      return { action: 'create', changes: [], apply: () => this.#create() };
    }
    const tags = await this.#tags();
    if (carriesTags(tags, this.#context.tags)) return { action: 'unchanged' };
    // A deploy that was killed between creating and tagging leaves an empty bucket without tags: it is taken up again.
    if (Object.keys(tags).length > 0 || !(await this.#isEmpty()))
      throw new NotOursError('Bucket', this.name, tagText(tags));
    return { action: 'update', changes: ['tag'], apply: () => this.#tag() };
  }

  async inspectRemoval(): Promise<RemovalInspection> {
    if (!(await this.#exists())) return { action: 'absent' };
    if (this.#declaration.kind === 'existing') return this.#inspectOwnersBucket(this.#declaration.objects);
    const tags = await this.#tags();
    const leftByKilledDeploy = Object.keys(tags).length === 0 && (await this.#isEmpty());
    if (!carriesTags(tags, this.#context.tags) && !leftByKilledDeploy) {
      return { action: 'keep', reason: `not tagged as ours (${tagText(tags)})` };
    }
    return {
      action: 'remove',
      detail: 'delete it with everything in it',
      apply: async () => {
        const count = await deleteObjects(this.#context, this.name, { kind: 'all' });
        await this.#context.clients.s3.send(new DeleteBucketCommand({ Bucket: this.name }), this.#options);
        return `${count} objects in it`;
      },
    };
  }

  async #inspectOwnersBucket(objects: ObjectOwnership): Promise<RemovalInspection> {
    const selection: ObjectSelection = { kind: 'owned', objects };
    const count = await deleteObjects(this.#context, this.name, selection, { dryRun: true });
    if (count === 0) return { action: 'absent' };
    return {
      action: 'remove',
      detail: `delete ${count} objects of this tool from it; the bucket itself stays`,
      apply: async () =>
        `${await deleteObjects(this.#context, this.name, selection)} objects of this tool; the bucket stays`,
    };
  }

  get #options(): { abortSignal: AbortSignal } {
    return { abortSignal: this.#context.signal };
  }

  async #exists(): Promise<boolean> {
    try {
      await this.#context.clients.s3.send(new HeadBucketCommand({ Bucket: this.name }), this.#options);
      return true;
    } catch (error) {
      if (isSdkError(error, ['NotFound', 'NoSuchBucket'], 404)) return false;
      if (isSdkError(error, ['Forbidden'], 403)) {
        throw new CloudUsageError(
          `Bucket ${this.name} exists but may not be used by these credentials: it is another account's, or a policy denies it.`,
          { cause: error },
        );
      }
      if (isSdkError(error, ['PermanentRedirect'], 301)) {
        throw new CloudUsageError(
          `Bucket ${this.name} is in another region than ${this.#context.region}. S3 can only notify a function of its own region.`,
          { cause: error },
        );
      }
      throw error;
    }
  }

  async #create(): Promise<void> {
    const { clients, region } = this.#context;
    await clients.s3.send(
      new CreateBucketCommand({ Bucket: this.name, ...locationIn(region) }),
      this.#options,
    );
    await this.#tag();
  }

  async #tag(): Promise<void> {
    const TagSet = Object.entries(this.#context.tags).map(([Key, Value]) => ({ Key, Value }));
    await this.#context.clients.s3.send(
      new PutBucketTaggingCommand({ Bucket: this.name, Tagging: { TagSet } }),
      this.#options,
    );
  }

  async #tags(): Promise<Record<string, string | undefined>> {
    const request = this.#context.clients.s3.send(
      new GetBucketTaggingCommand({ Bucket: this.name }),
      this.#options,
    );
    const found = await orAbsent(['NoSuchTagSet', 'NoSuchTagSetError'], request);
    return Object.fromEntries((found?.TagSet ?? []).map(({ Key, Value }) => [Key, Value]));
  }

  async #isEmpty(): Promise<boolean> {
    const listed = await this.#context.clients.s3.send(
      new ListObjectsV2Command({ Bucket: this.name, MaxKeys: 1 }),
      this.#options,
    );
    return (listed.KeyCount ?? 0) === 0;
  }
}

/** us-east-1 is the one region that must not be named. */
function locationIn(region: string): Pick<CreateBucketCommandInput, 'CreateBucketConfiguration'> {
  // The SDK's list of regions is older than AWS's; the service checks the name.
  const LocationConstraint = region as NonNullable<
    NonNullable<CreateBucketCommandInput['CreateBucketConfiguration']>['LocationConstraint']
  >;
  return region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint } };
}
