import type { Architecture, PlatformName } from './bundle/platform.ts';

/** A bucket that deploy makes and destroy removes, or one of the person's own, which neither makes or removes. */
export type BucketChoice = { readonly kind: 'own' } | { readonly kind: 'existing'; readonly name: string };

/** A role that deploy makes and destroy removes, or an existing one by name or ARN; then no IAM resource is touched. */
export type RoleChoice = { readonly kind: 'own' } | { readonly kind: 'existing'; readonly nameOrArn: string };

/** What the function of an app is. */
export interface FunctionDeclaration {
  /** Absolute path of the module that exports `handler`. */
  readonly entryPoint: string;
  /** What the bundle's native code is for: Lambda's Linux, or the embedded cloud's host. */
  readonly platform: PlatformName;
  readonly architecture: Architecture;
  readonly memoryMb: number;
  readonly timeoutS: number;
  /** Environment variables, apart from the names of the buckets. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variable that is set to the output bucket's name. */
  readonly outputBucketVariable: string;
  /** undefined: shares the account's concurrency. */
  readonly reservedConcurrency: number | undefined;
}

/** Which objects of a bucket are the tool's. In a person's own bucket these alone are deleted. */
export interface ObjectOwnership {
  /** Common beginning of the tool's keys: the notification's filter, the policy's scope and where destroy lists. */
  readonly keyPrefix: string;
  /** Whether a key below that prefix really has the tool's form: a person's `skyground-notes.txt` does not. */
  readonly ownsKey: (key: string) => boolean;
  /** A file outside the prefix that is ours if it carries this user metadata. */
  readonly markedFile: { readonly key: string; readonly metadataName: string };
}

/** Everything that one app needs on a target: an input bucket whose new objects start a function that writes to an output bucket. */
export interface AppDeclaration {
  readonly app: string;
  /** First part of every name: `<prefix>-<app>...`. */
  readonly prefix: string;
  readonly inputBucket: BucketChoice;
  readonly outputBucket: BucketChoice;
  readonly role: RoleChoice;
  readonly function: FunctionDeclaration;
  readonly objects: ObjectOwnership;
  readonly logRetentionDays: number;
}
