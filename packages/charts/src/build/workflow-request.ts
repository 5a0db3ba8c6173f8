import type { ChartHeading } from './heading.ts';

/** A workflow as plain data; a `WorkflowGraph` of the workflow language fits as it is. */
export interface WorkflowRequest extends ChartHeading {
  /** The id of the first state. */
  readonly start: string;
  readonly nodes: readonly WorkflowNode[];
  readonly edges: readonly WorkflowEdge[];
}

export interface WorkflowNode {
  readonly id: string;
  readonly name: string;
  readonly type: 'Task' | 'Pass' | 'Choice' | 'Succeed' | 'Fail' | 'Parallel' | 'Map';
}

export interface WorkflowEdge {
  readonly kind: 'next' | 'choice' | 'catch' | 'fan-out' | 'fan-in';
  /** Ids of nodes; an edge from or to any other is left out and counted. */
  readonly from: string;
  readonly to: string;
  /** What decides: a rule of a choice, the errors of a catch. */
  readonly label?: string;
}
