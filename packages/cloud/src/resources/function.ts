import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  DeleteFunctionConcurrencyCommand,
  type FunctionConfiguration,
  GetFunctionCommand,
  type GetFunctionCommandOutput,
  GetFunctionConfigurationCommand,
  type PackageType,
  PutFunctionConcurrencyCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';

import { retryWhile, waitUntil } from '../backoff.ts';
import type { FunctionDeclaration } from '../declaration/function.ts';
import { CloudError, CloudUsageError, NotOursError } from '../errors.ts';
import { declared } from '../references.ts';
import { orAbsent } from '../sdk-errors.ts';
import { carriesTags, tagText } from '../tags.ts';
import { codeOf, type FunctionPackage, functionPackage } from './function-package.ts';
import {
  compareFunction,
  declaredSettings,
  type FunctionDifference,
  lambdaArchitectures,
} from './function-settings.ts';
import type { Inspection, RemovalInspection, Resource, ResourceContext } from './resource.ts';

/** What Lambda refuses for some seconds only: a second update beside the first, and a role that was made a moment ago. */
const TRANSIENT: ReadonlyMap<string, RegExp> = new Map([
  ['ResourceConflictException', /cannot be performed at this time/],
  ['InvalidParameterValueException', /cannot be assumed|KMS key is invalid for CreateGrant/],
]);

const PACKAGE_TYPES = { zip: 'Zip', image: 'Image' } as const;

/** A function: code by its SHA-256, settings, reserved concurrency. */
export class FunctionResource implements Resource {
  readonly type = 'function';
  readonly name: string;
  readonly #context: ResourceContext;
  readonly #declaration: FunctionDeclaration;

  constructor(key: string, declaration: FunctionDeclaration, context: ResourceContext) {
    this.name = declared(context.names.functions, 'function', key).name;
    this.#declaration = declaration;
    this.#context = context;
  }

  async inspect(): Promise<Inspection> {
    const [found, code] = await Promise.all([this.#find(), this.#package()]);
    if (found === undefined) {
      const { architecture } = this.#context.declaration;
      const size = code.kind === 'zip' ? `${Math.ceil(code.zip.byteLength / 1e3)} kB zip` : 'image';
      const changes = [`${this.#declaration.memoryMb} MB, ${architecture}, ${size}`];
      return { action: 'create', changes, apply: () => this.#create(code) };
    }
    const tags = found.Tags ?? {};
    if (!carriesTags(tags, this.#context.tags)) throw new NotOursError('Function', this.name, tagText(tags));
    this.#mustBePackagedAs(code.kind, found.Configuration?.PackageType);
    const difference = compareFunction(found, this.#declaration, this.#context, code);
    const changes = Object.values(difference).flat();
    return changes.length === 0
      ? { action: 'unchanged' }
      : { action: 'update', changes, apply: () => this.#update(difference, code) };
  }

  async inspectRemoval(): Promise<RemovalInspection> {
    const found = await this.#find();
    if (found === undefined) return { action: 'absent' };
    const tags = found.Tags ?? {};
    if (!carriesTags(tags, this.#context.tags))
      return { action: 'keep', reason: `not tagged as ours (${tagText(tags)})` };
    return {
      action: 'remove',
      detail: 'delete it',
      apply: async () => {
        await this.#lambda.send(new DeleteFunctionCommand({ FunctionName: this.name }), this.#options);
        return undefined;
      },
    };
  }

  #find(): Promise<GetFunctionCommandOutput | undefined> {
    const request = this.#lambda.send(new GetFunctionCommand({ FunctionName: this.name }), this.#options);
    return orAbsent(['ResourceNotFoundException'], request);
  }

  /** Lambda changes a function from one to the other no more. */
  #mustBePackagedAs(kind: FunctionPackage['kind'], found: PackageType = 'Zip'): void {
    if (found === PACKAGE_TYPES[kind]) return;
    throw new CloudUsageError(
      `Function ${this.name}: expected package type ${PACKAGE_TYPES[kind]}, found ${found}, which Lambda cannot change. ` +
        `Deploy it with --package ${found.toLowerCase()}, destroy it and deploy again, or choose another --prefix to have both.`,
    );
  }

  async #create(code: FunctionPackage): Promise<void> {
    const command = new CreateFunctionCommand({
      FunctionName: this.name,
      Description: `Skyground ${this.#context.declaration.app}`,
      ...declaredSettings(this.#declaration, this.#context),
      Architectures: lambdaArchitectures(this.#context),
      PackageType: PACKAGE_TYPES[code.kind],
      Code: codeOf(code),
      Tags: { ...this.#context.tags },
    });
    await this.#whenReady(() => this.#lambda.send(command, this.#options));
    await this.#mustBecomeReady();
    if (this.#declaration.reservedConcurrency !== undefined) await this.#putConcurrency();
  }

  async #update(difference: FunctionDifference, code: FunctionPackage): Promise<void> {
    await this.#settled();
    const again = difference.state.length > 0;
    if (difference.settings.length > 0 || again) {
      const command = new UpdateFunctionConfigurationCommand({
        FunctionName: this.name,
        ...declaredSettings(this.#declaration, this.#context),
      });
      await this.#whenReady(() => this.#lambda.send(command, this.#options));
      await this.#mustBecomeReady();
    }
    if (difference.code.length > 0 || again) {
      const Architectures = lambdaArchitectures(this.#context);
      const command = new UpdateFunctionCodeCommand({
        FunctionName: this.name,
        ...codeOf(code),
        Architectures,
      });
      await this.#whenReady(() => this.#lambda.send(command, this.#options));
      await this.#mustBecomeReady();
    }
    if (difference.concurrency.length > 0) await this.#putConcurrency();
  }

  async #putConcurrency(): Promise<void> {
    const ReservedConcurrentExecutions = this.#declaration.reservedConcurrency;
    if (ReservedConcurrentExecutions === undefined) {
      await this.#lambda.send(
        new DeleteFunctionConcurrencyCommand({ FunctionName: this.name }),
        this.#options,
      );
    } else {
      const command = new PutFunctionConcurrencyCommand({
        FunctionName: this.name,
        ReservedConcurrentExecutions,
      });
      await this.#lambda.send(command, this.#options);
    }
  }

  #package(): Promise<FunctionPackage> {
    return functionPackage(this.name, this.#declaration, this.#context);
  }

  /** The function when no creation and no update is under way. */
  async #settled(): Promise<FunctionConfiguration> {
    let found: FunctionConfiguration = {};
    const isSettled = async (): Promise<boolean> => {
      const command = new GetFunctionConfigurationCommand({ FunctionName: this.name });
      found = await this.#lambda.send(command, this.#options);
      return found.State !== 'Pending' && found.LastUpdateStatus !== 'InProgress';
    };
    const { backoff, signal } = this.#context;
    await waitUntil(isSettled, `function ${this.name} to be ready`, backoff, signal);
    return found;
  }

  async #mustBecomeReady(): Promise<void> {
    const { State, StateReason, LastUpdateStatus, LastUpdateStatusReason } = await this.#settled();
    if (State !== 'Failed' && LastUpdateStatus !== 'Failed') return;
    const reason = (State === 'Failed' ? StateReason : LastUpdateStatusReason) ?? 'no reason given';
    throw new CloudError(`Expected it to become ready, but Lambda could not make it so: ${reason}`);
  }

  #whenReady<T>(attempt: () => Promise<T>): Promise<T> {
    const isTransient = (error: unknown): boolean =>
      error instanceof Error && (TRANSIENT.get(error.name)?.test(error.message) ?? false);
    return retryWhile(isTransient, attempt, this.#context.backoff, this.#context.signal);
  }

  get #lambda(): ResourceContext['clients']['lambda'] {
    return this.#context.clients.lambda;
  }

  get #options(): { abortSignal: AbortSignal } {
    return { abortSignal: this.#context.signal };
  }
}
