import type { Reference } from './reference.ts';

/** One thing that a function does with another resource of the app, and so is allowed to. */
export type Use<
  B extends string = string,
  T extends string = string,
  F extends string = string,
  M extends string = string,
> =
  | { readonly bucket: B; readonly access: 'read' | 'write' | 'delete'; readonly keyPrefix: string }
  | { readonly table: T; readonly access: 'read' | 'write' }
  | { readonly function: F }
  | { readonly stateMachine: M };

/** A Lambda function with a log group of its own. */
export interface FunctionDeclaration<
  B extends string = string,
  T extends string = string,
  F extends string = string,
  M extends string = string,
> {
  /** Absolute path of the module that exports `handler`. */
  readonly entryPoint: string;
  readonly memoryMb: number;
  readonly timeoutS: number;
  readonly environment: Readonly<Record<string, string | Reference<B, T, F, M>>>;
  /** The functions of an app share a role, which allows what any of them uses. */
  readonly uses: readonly Use<B, T, F, M>[];
  /** Left out: shares the account's concurrency. */
  readonly reservedConcurrency?: number | undefined;
  /**
   * The package brings V8's compile cache of its code, so that a cold start need not compile it. Deploy loads the code once to make it.
   * `process.env.SKYGROUND_COMPILE_CACHE` tells the handler whether V8 took it: `accepted`, or `rejected` (another version of V8).
   */
  readonly compileCache?: true | undefined;
  /**
   * Absolute path of the Dockerfile that makes an image of the function; its build context is what the zip would hold. It is used where
   * the app is deployed with `--package image`.
   */
  readonly dockerfile?: string | undefined;
}
