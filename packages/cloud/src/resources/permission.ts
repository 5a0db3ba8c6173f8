import { AddPermissionCommand, GetPolicyCommand, RemovePermissionCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod';

import { CloudError } from '../errors.ts';
import { parsePolicyDocument } from '../policy/document.ts';
import { orAbsent } from '../sdk-errors.ts';
import type { Inspection, RemovalInspection, Resource, ResourceContext } from './resource.ts';

const policySchema = z.object({
  Statement: z.array(
    z.object({
      Sid: z.string().optional(),
      Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
    }),
  ),
});

type Statement = z.infer<typeof policySchema>['Statement'][number];

/** Who may invoke a function, and for what. */
export interface PermissionSettings {
  readonly id: string;
  readonly functionName: string;
  /** `s3.amazonaws.com` */
  readonly service: string;
  /** For people: `S3 bucket mine`. */
  readonly caller: string;
  /** undefined as long as the source does not exist. Asked again when the permission is given: an API's id is known only then. */
  readonly sourceArn: () => Promise<string | undefined>;
}

/** A function's leave to be invoked by one source of one account. */
export class PermissionResource implements Resource {
  readonly type = 'permission';
  readonly name: string;
  readonly #settings: PermissionSettings;
  readonly #context: ResourceContext;

  constructor(settings: PermissionSettings, context: ResourceContext) {
    this.name = settings.id;
    this.#settings = settings;
    this.#context = context;
  }

  async inspect(): Promise<Inspection> {
    const [statement, sourceArn] = await Promise.all([this.#find(), this.#settings.sourceArn()]);
    const changes = [`let ${this.#settings.caller} invoke ${this.#settings.functionName}`];
    if (statement === undefined) return { action: 'create', changes, apply: () => this.#add() };
    if (sourceArn !== undefined && this.#isFor(statement, sourceArn)) return { action: 'unchanged' };
    return {
      action: 'update',
      changes,
      apply: async () => {
        await this.#remove();
        await this.#add();
      },
    };
  }

  async inspectRemoval(): Promise<RemovalInspection> {
    if ((await this.#find()) === undefined) return { action: 'absent' };
    return { action: 'remove', detail: 'revoke it', apply: () => this.#remove() };
  }

  async #find(): Promise<Statement | undefined> {
    const request = this.#lambda.send(
      new GetPolicyCommand({ FunctionName: this.#settings.functionName }),
      this.#options,
    );
    const policy = policySchema.safeParse(
      parsePolicyDocument((await orAbsent(['ResourceNotFoundException'], request))?.Policy),
    );
    return policy.success ? policy.data.Statement.find(({ Sid }) => Sid === this.name) : undefined;
  }

  /** Condition keys are compared without case: AWS writes `AWS:SourceArn`, its documentation `aws:SourceArn`. */
  #isFor(statement: Statement, sourceArn: string): boolean {
    const conditions = Object.values(statement.Condition ?? {}).flatMap((values) => Object.entries(values));
    const conditionOn = (key: string): unknown =>
      conditions.find(([name]) => name.toLowerCase() === key)?.[1];
    return (
      conditionOn('aws:sourcearn') === sourceArn &&
      conditionOn('aws:sourceaccount') === this.#sourceAccount(sourceArn)
    );
  }

  async #add(): Promise<void> {
    const SourceArn = await this.#settings.sourceArn();
    if (SourceArn === undefined) {
      throw new CloudError(
        `${this.#settings.caller}: expected it to be there by now, but it is not: was it removed meanwhile? Deploy again.`,
      );
    }
    const SourceAccount = this.#sourceAccount(SourceArn);
    const command = new AddPermissionCommand({
      FunctionName: this.#settings.functionName,
      StatementId: this.name,
      Action: 'lambda:InvokeFunction',
      Principal: this.#settings.service,
      SourceArn,
      ...(SourceAccount === undefined ? {} : { SourceAccount }),
    });
    await this.#lambda.send(command, this.#options);
  }

  async #remove(): Promise<undefined> {
    const command = new RemovePermissionCommand({
      FunctionName: this.#settings.functionName,
      StatementId: this.name,
    });
    await orAbsent(['ResourceNotFoundException'], this.#lambda.send(command, this.#options));
  }

  /** A bucket's ARN names no account: one of the same name in another, made after ours is gone, must not inherit the permission. */
  #sourceAccount(sourceArn: string): string | undefined {
    return sourceArn.split(':')[4] === '' ? this.#context.accountId : undefined;
  }

  get #lambda(): ResourceContext['clients']['lambda'] {
    return this.#context.clients.lambda;
  }

  get #options(): { abortSignal: AbortSignal } {
    return { abortSignal: this.#context.signal };
  }
}
