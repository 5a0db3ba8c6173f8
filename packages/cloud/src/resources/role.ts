import { isDeepStrictEqual } from 'node:util';
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  PutRolePolicyCommand,
  type Role,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';

import { NotOursError } from '../errors.ts';
import { type PolicyDocument, parsePolicyDocument, trustPolicy } from '../policy/document.ts';
import { orAbsent } from '../sdk-errors.ts';
import { carriesTags, tagText } from '../tags.ts';
import type { Inspection, RemovalInspection, Resource, ResourceContext } from './resource.ts';

const POLICY_NAME = 'skyground';

export interface RoleSettings {
  readonly name: string;
  readonly description: string;
  /** The one service that may wear it: `lambda.amazonaws.com`. */
  readonly service: string;
  readonly policy: PolicyDocument;
}

/** A role with one inline policy. Not part of a deploy that names an existing role. */
export class RoleResource implements Resource {
  readonly type = 'role';
  readonly name: string;
  readonly #context: ResourceContext;
  readonly #settings: RoleSettings;
  readonly #trust: object;

  constructor(settings: RoleSettings, context: ResourceContext) {
    this.name = settings.name;
    this.#context = context;
    this.#settings = settings;
    this.#trust = trustPolicy(settings.service);
  }

  async inspect(): Promise<Inspection> {
    const role = await this.#find();
    if (role === undefined) {
      return { action: 'create', changes: [], apply: () => this.#create() };
    }
    const tags = tagsOfRole(role);
    if (!carriesTags(tags, this.#context.tags)) throw new NotOursError('Role', this.name, tagText(tags));
    const trustDiffers = !isDeepStrictEqual(parsePolicyDocument(role.AssumeRolePolicyDocument), this.#trust);
    const policyDiffers = !isDeepStrictEqual(await this.#currentPolicy(), this.#settings.policy);
    const changes = [...(trustDiffers ? ['trust policy'] : []), ...(policyDiffers ? ['policy'] : [])];
    if (changes.length === 0) return { action: 'unchanged' };
    return {
      action: 'update',
      changes,
      apply: async () => {
        if (trustDiffers) await this.#putTrust();
        if (policyDiffers) await this.#putPolicy();
      },
    };
  }

  async inspectRemoval(): Promise<RemovalInspection> {
    const role = await this.#find();
    if (role === undefined) return { action: 'absent' };
    const tags = tagsOfRole(role);
    if (!carriesTags(tags, this.#context.tags))
      return { action: 'keep', reason: `not tagged as ours (${tagText(tags)})` };
    return { action: 'remove', detail: 'delete it and its policy', apply: () => this.#delete() };
  }

  async #find(): Promise<Role | undefined> {
    const found = await orAbsent(
      ['NoSuchEntityException'],
      this.#iam.send(new GetRoleCommand({ RoleName: this.name }), this.#options),
    );
    return found?.Role;
  }

  async #currentPolicy(): Promise<unknown> {
    const request = this.#iam.send(
      new GetRolePolicyCommand({ RoleName: this.name, PolicyName: POLICY_NAME }),
      this.#options,
    );
    return parsePolicyDocument((await orAbsent(['NoSuchEntityException'], request))?.PolicyDocument);
  }

  async #create(): Promise<void> {
    const command = new CreateRoleCommand({
      RoleName: this.name,
      AssumeRolePolicyDocument: JSON.stringify(this.#trust),
      Description: this.#settings.description,
      Tags: Object.entries(this.#context.tags).map(([Key, Value]) => ({ Key, Value })),
    });
    await this.#iam.send(command, this.#options);
    await this.#putPolicy();
  }

  async #putTrust(): Promise<void> {
    const PolicyDocument = JSON.stringify(this.#trust);
    await this.#iam.send(
      new UpdateAssumeRolePolicyCommand({ RoleName: this.name, PolicyDocument }),
      this.#options,
    );
  }

  async #putPolicy(): Promise<void> {
    const command = new PutRolePolicyCommand({
      RoleName: this.name,
      PolicyName: POLICY_NAME,
      PolicyDocument: JSON.stringify(this.#settings.policy),
    });
    await this.#iam.send(command, this.#options);
  }

  async #delete(): Promise<undefined> {
    const policy = new DeleteRolePolicyCommand({ RoleName: this.name, PolicyName: POLICY_NAME });
    await orAbsent(['NoSuchEntityException'], this.#iam.send(policy, this.#options));
    await this.#iam.send(new DeleteRoleCommand({ RoleName: this.name }), this.#options);
  }

  get #iam(): ResourceContext['clients']['iam'] {
    return this.#context.clients.iam;
  }

  get #options(): { abortSignal: AbortSignal } {
    return { abortSignal: this.#context.signal };
  }
}

function tagsOfRole(role: Role): Record<string, string | undefined> {
  return Object.fromEntries((role.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
}
