/** A workflow as functions that start each other. Ids are places in the definition: they stay as long as names and order do. */
export interface WorkflowGraph {
  /** The id of the first state. */
  readonly start: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly fanOuts: readonly FanOut[];
  /** One for each fan-out, in the same order. */
  readonly fanIns: readonly FanIn[];
}

interface NamedState {
  /** `Load`, `Fan/0/Thumbnail`, `Each/[*]/Resize` for all iterations of a Map; signs are escaped as in positionText. */
  readonly id: string;
  /** The state's name. */
  readonly name: string;
}

export type GraphNode = NamedState &
  (
    | {
        readonly type: 'Task';
        /** The function's name or ARN, as the state has it. */
        readonly functionName: string;
      }
    | { readonly type: 'Pass' | 'Choice' | 'Succeed' | 'Fail' | 'Parallel' | 'Map' }
  );

export interface GraphEdge {
  /**
   * next, choice, catch: as the states say. fan-out: from a Parallel or Map to the first state of each line. fan-in: from where a line
   * ends to the state that follows the Parallel or Map.
   */
  readonly kind: 'next' | 'choice' | 'catch' | 'fan-out' | 'fan-in';
  readonly from: string;
  readonly to: string;
  /** What decides: a rule or `Default` of a Choice, the errors of a Catch. */
  readonly label?: string;
}

export interface FanOut {
  /** The Parallel or Map. */
  readonly source: string;
  readonly type: 'Parallel' | 'Map';
  /** The first state of each branch, or the one of all iterations. */
  readonly lines: readonly string[];
}

export interface FanIn {
  readonly source: string;
  /** The states at which the lines end. */
  readonly ends: readonly string[];
  /**
   * The Task that gets the outputs: the next one, through Pass states. Undefined where the fan-out ends its own line, or where it is
   * not one Task that comes next.
   */
  readonly aggregator: string | undefined;
  readonly futures: Futures;
}

/**
 * Whether the aggregator may be started before all outputs are there: its input holds them where they are placed whole, and nothing
 * on the way reads inside them.
 */
export type Futures = { readonly kind: 'held' } | { readonly kind: 'waits'; readonly reason: string };
