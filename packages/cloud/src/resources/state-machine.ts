import { isDeepStrictEqual } from 'node:util';
import {
  CreateStateMachineCommand,
  type CreateStateMachineCommandInput,
  DeleteStateMachineCommand,
  DescribeStateMachineCommand,
  type DescribeStateMachineCommandOutput,
  ListTagsForResourceCommand,
  type LoggingConfiguration,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';

import { retryWhile } from '../backoff.ts';
import type { StateMachineDeclaration } from '../declaration/state-machine.ts';
import { CloudUsageError, NotOursError } from '../errors.ts';
import type { LoggingNames } from '../names.ts';
import { declared, fillIn } from '../references.ts';
import { isSdkError, orAbsent } from '../sdk-errors.ts';
import { carriesTags, tagText } from '../tags.ts';
import type { Inspection, RemovalInspection, Resource, ResourceContext } from './resource.ts';

/** A state machine: its definition filled in, role, logging. */
export class StateMachineResource implements Resource {
  readonly type = 'state machine';
  readonly name: string;
  readonly #names: LoggingNames;
  readonly #declaration: StateMachineDeclaration;
  readonly #context: ResourceContext;

  constructor(key: string, declaration: StateMachineDeclaration, context: ResourceContext) {
    this.#names = declared(context.names.stateMachines, 'state machine', key);
    this.name = this.#names.name;
    this.#declaration = declaration;
    this.#context = context;
  }

  async inspect(): Promise<Inspection> {
    const found = await this.#find();
    if (found === undefined) {
      const changes = [this.#declaration.type];
      return { action: 'create', changes, apply: () => this.#create() };
    }
    const tags = await this.#tags();
    if (!carriesTags(tags, this.#context.tags))
      throw new NotOursError('State machine', this.name, tagText(tags));
    if (found.type !== this.#declaration.type) {
      throw new CloudUsageError(
        `State machine ${this.name}: expected type ${this.#declaration.type}, found ${found.type}. The type is fixed: destroy it (its history is lost) and deploy again.`,
      );
    }
    const changes = this.#differences(found);
    if (changes.length === 0) return { action: 'unchanged' };
    return { action: 'update', changes, apply: () => this.#update() };
  }

  async inspectRemoval(): Promise<RemovalInspection> {
    if ((await this.#find()) === undefined) return { action: 'absent' };
    const tags = await this.#tags();
    if (!carriesTags(tags, this.#context.tags))
      return { action: 'keep', reason: `not tagged as ours (${tagText(tags)})` };
    return {
      action: 'remove',
      detail: 'delete it with its executions',
      apply: async () => {
        const command = new DeleteStateMachineCommand({ stateMachineArn: this.#names.arn });
        await this.#sfn.send(command, this.#options);
        return undefined;
      },
    };
  }

  /** One that is being deleted counts as gone. */
  async #find(): Promise<DescribeStateMachineCommandOutput | undefined> {
    const command = new DescribeStateMachineCommand({ stateMachineArn: this.#names.arn });
    const found = await orAbsent(['StateMachineDoesNotExist'], this.#sfn.send(command, this.#options));
    return found?.status === 'DELETING' ? undefined : found;
  }

  #differences(found: DescribeStateMachineCommandOutput): readonly string[] {
    const { definition, roleArn } = this.#declared;
    const sameLogging = logText(found.loggingConfiguration) === logText(this.#logging);
    return [
      ...(isDeepStrictEqual(jsonOf(found.definition), jsonOf(definition)) ? [] : ['definition']),
      ...(found.roleArn === roleArn ? [] : [`role ${found.roleArn} -> ${roleArn}`]),
      ...(sameLogging ? [] : ['logging']),
    ];
  }

  get #declared(): Pick<CreateStateMachineCommandInput, 'roleArn' | 'loggingConfiguration'> & {
    readonly definition: string;
  } {
    const { names } = this.#context;
    return {
      definition: JSON.stringify(fillIn(this.#declaration.definition, names), null, 2),
      roleArn: names.stateMachineRole.arn,
      loggingConfiguration: this.#logging,
    };
  }

  get #logging(): LoggingConfiguration {
    const { logLevel: level } = this.#declaration;
    if (level === 'OFF') return { level, includeExecutionData: false };
    const { partition, region, accountId } = this.#context;
    const logGroupArn = `arn:${partition}:logs:${region}:${accountId}:log-group:${this.#names.logGroup}:*`;
    return { level, includeExecutionData: true, destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }] };
  }

  async #create(): Promise<void> {
    const command = new CreateStateMachineCommand({
      name: this.name,
      type: this.#declaration.type,
      ...this.#declared,
      tags: Object.entries(this.#context.tags).map(([key, value]) => ({ key, value })),
    });
    await this.#whenReady(() => this.#sfn.send(command, this.#options));
  }

  async #update(): Promise<void> {
    const command = new UpdateStateMachineCommand({ stateMachineArn: this.#names.arn, ...this.#declared });
    await this.#whenReady(() => this.#sfn.send(command, this.#options));
  }

  /**
   * A role made a moment ago can for some seconds neither be assumed nor write logs nor make the rule by which a machine hears of
   * another's end (AWS calls all three AccessDeniedException), and a machine of this name that was deleted a moment ago is still there.
   */
  #whenReady<R>(attempt: () => Promise<R>): Promise<R> {
    const isTransient = (error: unknown): boolean =>
      isSdkError(error, ['StateMachineDeleting']) ||
      (isSdkError(error, ['AccessDeniedException']) &&
        error instanceof Error &&
        /authorized to (assume the provided role|access the Log Destination|create managed-rule)/i.test(
          error.message,
        ));
    return retryWhile(isTransient, attempt, this.#context.backoff, this.#context.signal);
  }

  async #tags(): Promise<Record<string, string | undefined>> {
    const command = new ListTagsForResourceCommand({ resourceArn: this.#names.arn });
    const found = await this.#sfn.send(command, this.#options);
    return Object.fromEntries((found.tags ?? []).map(({ key, value }) => [key, value]));
  }

  get #sfn(): ResourceContext['clients']['sfn'] {
    return this.#context.clients.sfn;
  }

  get #options(): { abortSignal: AbortSignal } {
    return { abortSignal: this.#context.signal };
  }
}

function logText(logging: LoggingConfiguration | undefined): string {
  const group = logging?.destinations?.[0]?.cloudWatchLogsLogGroup?.logGroupArn;
  return `${logging?.level ?? 'OFF'} ${logging?.includeExecutionData ?? false} ${group ?? ''}`;
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
