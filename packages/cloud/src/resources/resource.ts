import type { Backoff } from '../backoff.ts';
import type { Bundle } from '../bundle/bundle.ts';
import type { CloudClients } from '../clients.ts';
import type { AppDeclaration } from '../declaration/app.ts';
import type { FunctionDeclaration } from '../declaration/function.ts';
import type { AppNames, Identity } from '../names.ts';

/** What a resource's code may use. */
export interface ResourceContext extends Identity {
  readonly clients: CloudClients;
  readonly declaration: AppDeclaration;
  readonly names: AppNames;
  readonly tags: Readonly<Record<string, string>>;
  readonly backoff: Backoff;
  readonly signal: AbortSignal;
  /** Told of what takes a while, one line each. */
  readonly onProgress: (text: string) => void;
  /** The code of a function, to compare or to send it. */
  readonly bundle: (fn: FunctionDeclaration) => Promise<Bundle>;
}

/** A resource as it stands against what is declared. Looking changes nothing; `apply` does what was found to be due. */
export type Inspection =
  | { readonly action: 'unchanged' }
  | {
      readonly action: 'create' | 'update';
      /** What is worth knowing beyond the action, one phrase each. */
      readonly changes: readonly string[];
      readonly apply: () => Promise<void>;
    };

/** A resource as it stands against being removed. */
export type RemovalInspection =
  | { readonly action: 'absent' }
  | { readonly action: 'keep'; readonly reason: string }
  | {
      readonly action: 'remove';
      readonly detail: string;
      /** Gives what was really removed, where that is known only then (a number of objects). */
      readonly apply: () => Promise<string | undefined>;
    };

/** One thing that deploy makes and destroy removes. */
export interface Resource {
  readonly type:
    | `${string} bucket`
    | 'table'
    | 'role'
    | 'log group'
    | 'repository'
    | 'function'
    | 'state machine'
    | 'HTTP API'
    | 'REST API'
    | 'permission'
    | 'notification';
  readonly name: string;
  inspect(): Promise<Inspection>;
  inspectRemoval(): Promise<RemovalInspection>;
}
