import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ListTagsForResourceCommand,
  type Repository,
} from '@aws-sdk/client-ecr';

import type { FunctionDeclaration } from '../declaration/function.ts';
import { NotOursError } from '../errors.ts';
import { functionImage, repositoryName } from '../image/function-image.ts';
import { pushImage } from '../image/push-image.ts';
import { declared } from '../references.ts';
import { orAbsent } from '../sdk-errors.ts';
import { carriesTags, type Tags, tagText } from '../tags.ts';
import type { Inspection, RemovalInspection, Resource, ResourceContext } from './resource.ts';

/** The ECR repository of a function, with the image of its present code in it. Those of earlier code stay until it is destroyed. */
export class ImageRepositoryResource implements Resource {
  readonly type = 'repository';
  readonly name: string;
  readonly #functionName: string;
  readonly #declaration: FunctionDeclaration & { readonly dockerfile: string };
  readonly #context: ResourceContext;

  constructor(
    key: string,
    declaration: FunctionDeclaration & { readonly dockerfile: string },
    context: ResourceContext,
  ) {
    this.#functionName = declared(context.names.functions, 'function', key).name;
    this.name = repositoryName(this.#functionName);
    this.#declaration = declaration;
    this.#context = context;
  }

  async inspect(): Promise<Inspection> {
    const [found, image] = await Promise.all([
      this.#find(),
      functionImage(this.#functionName, this.#declaration, this.#context),
    ]);
    const changes = [`build and push image ${image.tag.slice(0, 12)}`];
    if (found === undefined) {
      return {
        action: 'create',
        changes,
        apply: async () => {
          await this.#create();
          await pushImage(image, this.#context);
        },
      };
    }
    const tags = await this.#tags(found);
    if (!carriesTags(tags, this.#context.tags))
      throw new NotOursError('Repository', this.name, tagText(tags));
    if (await this.#has(image.tag)) return { action: 'unchanged' };
    return { action: 'update', changes, apply: () => pushImage(image, this.#context) };
  }

  async inspectRemoval(): Promise<RemovalInspection> {
    const found = await this.#find();
    if (found === undefined) return { action: 'absent' };
    const tags = await this.#tags(found);
    if (!carriesTags(tags, this.#context.tags))
      return { action: 'keep', reason: `not tagged as ours (${tagText(tags)})` };
    return {
      action: 'remove',
      detail: 'delete it with its images',
      apply: async () => {
        const command = new DeleteRepositoryCommand({ repositoryName: this.name, force: true });
        await this.#ecr.send(command, this.#options);
        return undefined;
      },
    };
  }

  async #find(): Promise<Repository | undefined> {
    const command = new DescribeRepositoriesCommand({ repositoryNames: [this.name] });
    const request = this.#ecr.send(command, this.#options);
    return (await orAbsent(['RepositoryNotFoundException'], request))?.repositories?.[0];
  }

  async #tags({ repositoryArn }: Repository): Promise<Tags> {
    const command = new ListTagsForResourceCommand({ resourceArn: repositoryArn });
    const { tags = [] } = await this.#ecr.send(command, this.#options);
    return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
  }

  async #has(imageTag: string): Promise<boolean> {
    const command = new DescribeImagesCommand({ repositoryName: this.name, imageIds: [{ imageTag }] });
    const request = this.#ecr.send(command, this.#options);
    return (await orAbsent(['ImageNotFoundException'], request)) !== undefined;
  }

  async #create(): Promise<void> {
    const command = new CreateRepositoryCommand({
      repositoryName: this.name,
      // A tag means its content for good.
      imageTagMutability: 'IMMUTABLE',
      tags: Object.entries(this.#context.tags).map(([Key, Value]) => ({ Key, Value })),
    });
    await this.#ecr.send(command, this.#options);
  }

  get #ecr(): ResourceContext['clients']['ecr'] {
    return this.#context.clients.ecr;
  }

  get #options(): { abortSignal: AbortSignal } {
    return { abortSignal: this.#context.signal };
  }
}
