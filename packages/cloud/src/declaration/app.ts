import type { Architecture, PlatformName } from '../bundle/platform.ts';
import type { HttpApiDeclaration, RestApiDeclaration } from './api.ts';
import type { BucketDeclaration, NotificationDeclaration } from './bucket.ts';
import type { FunctionDeclaration } from './function.ts';
import type { StateMachineDeclaration } from './state-machine.ts';
import type { TableDeclaration } from './table.ts';

/** Roles that deploy makes and destroy removes, or an existing one by name or ARN, for everything; then no IAM call is made. */
export type RoleChoice = { readonly kind: 'own' } | { readonly kind: 'existing'; readonly nameOrArn: string };

/**
 * Everything that one app needs on a target. Resources are known by their keys: `<prefix>-<app>-<key>` is what they are called there,
 * `<prefix>-<app>` for the key `main`. The type parameters are the keys of buckets, tables, functions and state machines, so that a
 * reference to one that is not there does not compile.
 */
export interface AppDeclaration<
  B extends string = string,
  T extends string = string,
  F extends string = string,
  M extends string = string,
> {
  readonly app: string;
  /** First part of every name. */
  readonly prefix: string;
  readonly role: RoleChoice;
  /** What the functions' native code is for: Lambda's Linux, or the embedded cloud's host. */
  readonly platform: PlatformName;
  readonly architecture: Architecture;
  /** How the code of functions with a Dockerfile gets to Lambda; that of the others is a zip. Left out: `zip`. */
  readonly package?: 'zip' | 'image' | undefined;
  /** How long the logs of functions and state machines are kept. One of the numbers that CloudWatch takes: 1, 3, 5, 7, 14, 30, ... */
  readonly logRetentionDays: number;
  readonly buckets?: Readonly<Record<B, BucketDeclaration>>;
  readonly tables?: Readonly<Record<T, TableDeclaration>>;
  readonly functions: Readonly<
    Record<F, FunctionDeclaration<NoInfer<B>, NoInfer<T>, NoInfer<F>, NoInfer<M>>>
  >;
  readonly stateMachines?: Readonly<Record<M, StateMachineDeclaration>>;
  readonly httpApis?: Readonly<Record<string, HttpApiDeclaration<NoInfer<F>>>>;
  readonly restApis?: Readonly<Record<string, RestApiDeclaration<NoInfer<F>>>>;
  readonly notifications?: Readonly<Record<string, NotificationDeclaration<NoInfer<B>, NoInfer<F>>>>;
}

/** A declaration with the keys that are written in it, so that references to them, and `names` of a deploy, are checked by the compiler. */
export function declareApp<
  B extends string = never,
  T extends string = never,
  F extends string = never,
  M extends string = never,
>(declaration: AppDeclaration<B, T, F, M>): AppDeclaration<B, T, F, M> {
  return declaration;
}
