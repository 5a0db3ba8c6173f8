import type { Diagnostic } from '../definition/diagnostic.ts';
import type { Definition } from '../definition/read-definition.ts';
import { positionText } from '../stepping/position.ts';
import { functionNameOf } from '../stepping/task-function.ts';
import { edgesFrom } from './edges.ts';
import { fanInOf } from './fan-ins.ts';
import type { FanOut, GraphEdge, GraphNode, WorkflowGraph } from './graph.ts';
import { type PlacedState, placedStates } from './placed-states.ts';
import { refusalsOf } from './refusals.ts';

export type GraphedWorkflow =
  | { readonly kind: 'graph'; readonly graph: WorkflowGraph }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] };

/** The workflow for a runtime in which functions start each other; refused where it needs an orchestrator. */
export async function workflowGraph(definition: Definition): Promise<GraphedWorkflow> {
  const states = placedStates(definition);
  const diagnostics = refusalsOf(definition, states);
  if (diagnostics.length > 0) return { kind: 'refused', diagnostics };
  const sources = states.filter(({ state }) => state.inner.length > 0);
  const fanOuts = sources.map((source) => fanOutOf(source, states));
  const graph: WorkflowGraph = {
    start: positionText([definition.startAt]),
    nodes: states.flatMap(nodeOf),
    edges: states.flatMap((placed) => [
      ...edgesFrom(placed),
      ...fanOuts.filter(({ source }) => source === placed.id).flatMap(fanOutEdges),
    ]),
    fanOuts,
    fanIns: await Promise.all(sources.map((source) => fanInOf(definition, source, states))),
  };
  return { kind: 'graph', graph };
}

function nodeOf({ id, state }: PlacedState): GraphNode[] {
  const { name, fields } = state;
  // What has no place in a graph has been refused.
  if (fields.Type === 'Wait') return [];
  if (fields.Type !== 'Task') return [{ id, name, type: fields.Type }];
  const functionName = functionNameOf(fields);
  return functionName === undefined ? [] : [{ id, name, type: 'Task', functionName }];
}

function fanOutOf(source: PlacedState, states: readonly PlacedState[]): FanOut {
  const firsts = states.filter(
    ({ state, line }) => line.outer === source && line.machine.startAt === state.name,
  );
  return {
    source: source.id,
    type: source.state.fields.Type === 'Map' ? 'Map' : 'Parallel',
    lines: firsts.map(({ id }) => id),
  };
}

function fanOutEdges({ source, lines }: FanOut): GraphEdge[] {
  return lines.map((to) => ({ kind: 'fan-out', from: source, to }));
}
