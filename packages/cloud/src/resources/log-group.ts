import {
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand,
  type LogGroup,
  PutRetentionPolicyCommand,
  TagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';

import { NotOursError } from '../errors.ts';
import { carriesTags, tagText } from '../tags.ts';
import type { Inspection, RemovalInspection, Resource, ResourceContext } from './resource.ts';

/** The log of a function or state machine, made before it so that it carries our tags and ends by its retention, not never. */
export class LogGroupResource implements Resource {
  readonly type = 'log group';
  readonly name: string;
  readonly #context: ResourceContext;

  constructor(name: string, context: ResourceContext) {
    this.name = name;
    this.#context = context;
  }

  async inspect(): Promise<Inspection> {
    const days = this.#context.declaration.logRetentionDays;
    const group = await this.#find();
    if (group === undefined) {
      return { action: 'create', changes: [`keep logs ${days} days`], apply: () => this.#create() };
    }
    const tags = await this.#tags();
    const untagged = Object.keys(tags).length === 0;
    // Lambda itself makes a group without tags for a function that logs and has none; that one is taken up.
    if (!untagged && !carriesTags(tags, this.#context.tags))
      throw new NotOursError('Log group', this.name, tagText(tags));
    const retentionDiffers = group.retentionInDays !== days;
    const changes = [...(untagged ? ['tag'] : []), ...(retentionDiffers ? [`keep logs ${days} days`] : [])];
    if (changes.length === 0) return { action: 'unchanged' };
    return {
      action: 'update',
      changes,
      apply: async () => {
        if (untagged) await this.#tag();
        if (retentionDiffers) await this.#putRetention();
      },
    };
  }

  async inspectRemoval(): Promise<RemovalInspection> {
    if ((await this.#find()) === undefined) return { action: 'absent' };
    const tags = await this.#tags();
    if (!carriesTags(tags, this.#context.tags))
      return { action: 'keep', reason: `not tagged as ours (${tagText(tags)})` };
    return {
      action: 'remove',
      detail: 'delete it with its streams',
      apply: async () => {
        await this.#logs.send(new DeleteLogGroupCommand({ logGroupName: this.name }), this.#options);
        return undefined;
      },
    };
  }

  async #find(): Promise<LogGroup | undefined> {
    // Exactly our name sorts before every longer one that begins with it, so the first page is enough.
    const page = await this.#logs.send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: this.name }),
      this.#options,
    );
    return page.logGroups?.find(({ logGroupName }) => logGroupName === this.name);
  }

  async #create(): Promise<void> {
    await this.#logs.send(
      new CreateLogGroupCommand({ logGroupName: this.name, tags: { ...this.#context.tags } }),
      this.#options,
    );
    await this.#putRetention();
  }

  async #putRetention(): Promise<void> {
    const retentionInDays = this.#context.declaration.logRetentionDays;
    await this.#logs.send(
      new PutRetentionPolicyCommand({ logGroupName: this.name, retentionInDays }),
      this.#options,
    );
  }

  async #tag(): Promise<void> {
    const resourceArn = this.#arn;
    await this.#logs.send(
      new TagResourceCommand({ resourceArn, tags: { ...this.#context.tags } }),
      this.#options,
    );
  }

  async #tags(): Promise<Record<string, string>> {
    const command = new ListTagsForResourceCommand({ resourceArn: this.#arn });
    return (await this.#logs.send(command, this.#options)).tags ?? {};
  }

  get #arn(): string {
    const { partition, region, accountId } = this.#context;
    return `arn:${partition}:logs:${region}:${accountId}:log-group:${this.name}`;
  }

  get #logs(): ResourceContext['clients']['logs'] {
    return this.#context.clients.logs;
  }

  get #options(): { abortSignal: AbortSignal } {
    return { abortSignal: this.#context.signal };
  }
}
