import {
  GetBucketNotificationConfigurationCommand,
  type LambdaFunctionConfiguration,
  type NotificationConfiguration,
  PutBucketNotificationConfigurationCommand,
} from '@aws-sdk/client-s3';

import { retryWhile } from '../backoff.ts';
import type { NotificationDeclaration } from '../declaration/bucket.ts';
import { declared } from '../references.ts';
import { isSdkError, orAbsent } from '../sdk-errors.ts';
import type { Inspection, RemovalInspection, Resource, ResourceContext } from './resource.ts';

/** Of a multipart upload only its completion, of a copy and a POST too: whatever makes an object. */
const EVENT = 's3:ObjectCreated:*';

/**
 * "New objects below our prefix start our function", one entry of a bucket's notification configuration, known by its id.
 * S3 replaces the configuration as a whole, so every other entry is read just before and written back as it was.
 */
export class NotificationResource implements Resource {
  readonly type = 'notification';
  readonly name: string;
  readonly #bucket: string;
  readonly #functionArn: string;
  readonly #keyPrefix: string;
  readonly #context: ResourceContext;

  constructor(key: string, declaration: NotificationDeclaration, context: ResourceContext) {
    const { notifications, buckets, functions } = context.names;
    this.name = declared(notifications, 'notification', key);
    this.#bucket = declared(buckets, 'bucket', declaration.bucket);
    this.#functionArn = declared(functions, 'function', declaration.function).arn;
    this.#keyPrefix = declaration.keyPrefix;
    this.#context = context;
  }

  async inspect(): Promise<Inspection> {
    const configuration = await this.#read();
    const found = configuration?.LambdaFunctionConfigurations?.find(({ Id }) => Id === this.name);
    if (found !== undefined && this.#isAsDeclared(found)) return { action: 'unchanged' };
    return {
      action: found === undefined ? 'create' : 'update',
      changes: [`${this.#bucket}/${this.#keyPrefix}* starts the function`],
      apply: () => this.#write([this.#declared]),
    };
  }

  async inspectRemoval(): Promise<RemovalInspection> {
    const configuration = await this.#read();
    const isThere = configuration?.LambdaFunctionConfigurations?.some(({ Id }) => Id === this.name) ?? false;
    if (!isThere) return { action: 'absent' };
    return {
      action: 'remove',
      detail: `take it out of ${this.#bucket}`,
      apply: async () => {
        await this.#write([]);
        return undefined;
      },
    };
  }

  get #declared(): LambdaFunctionConfiguration {
    return {
      Id: this.name,
      LambdaFunctionArn: this.#functionArn,
      Events: [EVENT],
      Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: this.#keyPrefix }] } },
    };
  }

  #isAsDeclared(found: LambdaFunctionConfiguration): boolean {
    const rules = found.Filter?.Key?.FilterRules ?? [];
    const [rule] = rules;
    return (
      found.LambdaFunctionArn === this.#functionArn &&
      found.Events?.length === 1 &&
      found.Events[0] === EVENT &&
      rules.length === 1 &&
      // Sent as `prefix`, AWS gives it back as `Prefix`.
      rule?.Name?.toLowerCase() === 'prefix' &&
      rule.Value === this.#keyPrefix
    );
  }

  async #read(): Promise<NotificationConfiguration | undefined> {
    const { clients, accountId, signal } = this.#context;
    const command = new GetBucketNotificationConfigurationCommand({
      Bucket: this.#bucket,
      ExpectedBucketOwner: accountId,
    });
    const found = await orAbsent(['NoSuchBucket'], clients.s3.send(command, { abortSignal: signal }));
    if (found === undefined) return undefined;
    const { $metadata: _answered, ...configuration } = found;
    return configuration;
  }

  async #write(ours: readonly LambdaFunctionConfiguration[]): Promise<void> {
    const { clients, accountId, signal, backoff } = this.#context;
    const current = await this.#read();
    const others = (current?.LambdaFunctionConfigurations ?? []).filter(({ Id }) => Id !== this.name);
    const command = new PutBucketNotificationConfigurationCommand({
      Bucket: this.#bucket,
      ExpectedBucketOwner: accountId,
      NotificationConfiguration: { ...current, LambdaFunctionConfigurations: [...others, ...ours] },
    });
    // S3 asks Lambda whether it may invoke; a permission given a moment ago is not known everywhere at once.
    const isTransient = (error: unknown): boolean =>
      isSdkError(error, ['InvalidArgument']) &&
      error instanceof Error &&
      error.message.includes('Unable to validate the following destination');
    await retryWhile(isTransient, () => clients.s3.send(command, { abortSignal: signal }), backoff, signal);
  }
}
