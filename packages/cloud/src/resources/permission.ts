import { AddPermissionCommand, GetPolicyCommand, RemovePermissionCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod';

import { orAbsent } from '../sdk-errors.ts';
import { parsePolicyDocument } from './policies.ts';
import type { Inspection, RemovalInspection, Resource, ResourceContext } from './resource.ts';

const policySchema = z.object({
  Statement: z.array(
    z.object({
      Sid: z.string().optional(),
      Condition: z.record(z.string(), z.record(z.string(), z.string())).optional(),
    }),
  ),
});

type Statement = z.infer<typeof policySchema>['Statement'][number];

/** The function's leave to be invoked by S3, for one bucket of one account. */
export class PermissionResource implements Resource {
  readonly type = 'permission';
  readonly name: string;
  readonly #context: ResourceContext;

  constructor(context: ResourceContext) {
    this.name = context.names.permissionId;
    this.#context = context;
  }

  async inspect(): Promise<Inspection> {
    const statement = await this.#find();
    const phrase = `let S3 bucket ${this.#context.names.inputBucket} invoke the function`;
    if (statement === undefined) return { action: 'create', changes: [phrase], apply: () => this.#add() };
    if (this.#isForOurBucket(statement)) return { action: 'unchanged' };
    return {
      action: 'update',
      changes: [phrase],
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
      new GetPolicyCommand({ FunctionName: this.#functionName }),
      this.#options,
    );
    const policy = policySchema.safeParse(
      parsePolicyDocument((await orAbsent(['ResourceNotFoundException'], request))?.Policy),
    );
    return policy.success ? policy.data.Statement.find(({ Sid }) => Sid === this.name) : undefined;
  }

  /** Condition keys are compared without case: AWS writes `AWS:SourceArn`, its documentation `aws:SourceArn`. */
  #isForOurBucket(statement: Statement): boolean {
    const conditions = Object.values(statement.Condition ?? {}).flatMap((values) => Object.entries(values));
    const conditionOn = (key: string): string | undefined =>
      conditions.find(([name]) => name.toLowerCase() === key)?.[1];
    return (
      conditionOn('aws:sourcearn') === this.#sourceArn &&
      conditionOn('aws:sourceaccount') === this.#context.accountId
    );
  }

  async #add(): Promise<void> {
    const command = new AddPermissionCommand({
      FunctionName: this.#functionName,
      StatementId: this.name,
      Action: 'lambda:InvokeFunction',
      Principal: 's3.amazonaws.com',
      SourceArn: this.#sourceArn,
      // A bucket of the same name in another account, made after ours is gone, must not inherit the permission.
      SourceAccount: this.#context.accountId,
    });
    await this.#lambda.send(command, this.#options);
  }

  async #remove(): Promise<undefined> {
    const command = new RemovePermissionCommand({ FunctionName: this.#functionName, StatementId: this.name });
    await orAbsent(['ResourceNotFoundException'], this.#lambda.send(command, this.#options));
  }

  get #sourceArn(): string {
    return `arn:${this.#context.partition}:s3:::${this.#context.names.inputBucket}`;
  }

  get #functionName(): string {
    return this.#context.names.functionName;
  }

  get #lambda(): ResourceContext['clients']['lambda'] {
    return this.#context.clients.lambda;
  }

  get #options(): { abortSignal: AbortSignal } {
    return { abortSignal: this.#context.signal };
  }
}
