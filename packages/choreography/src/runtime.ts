import type { Clock, Definition, WorkflowGraph } from '@skyground/asl';

import type { Envelope } from './envelope.ts';
import type { Session } from './session.ts';
import type { Objects, Table } from './store/ports.ts';
import type { Store } from './store/store.ts';

/** Starts a function, as the definition names it, with an event; resolves when the event was taken. */
export type Invoke = (functionName: string, event: string) => Promise<void>;

/** What every invocation of a workflow's functions has in common. */
export interface Runtime {
  readonly workflow: Workflow;
  readonly table: Table;
  readonly objects: Objects;
  readonly invoke: Invoke;
  readonly clock: Clock;
}

export interface Workflow {
  readonly definition: Definition;
  readonly graph: WorkflowGraph;
}

/** Where a fault can be planted, in this order; the last two at each event that is sent. */
export type FaultPoint =
  | 'before checkpoint'
  | 'after checkpoint'
  | 'before one continuation'
  | 'after one continuation';

/** A hook throws, or ends the process; `twice`, before one continuation, sends that event twice. */
export type Fault = 'twice' | undefined;

/** One invocation at work, or the client that starts a workflow. */
export interface Work {
  readonly runtime: Runtime;
  readonly store: Store;
  readonly session: Session;
  /** The position of the node at work, or `start`. */
  readonly by: string;
  /** Another event for the same function; undefined for a client, which waits as long as it takes. */
  readonly again: ((envelope: Envelope) => Promise<void>) | undefined;
  /** When the invocation has to have ended, with time to write down how. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
  readonly plant: (point: FaultPoint) => Promise<Fault> | Fault;
}
