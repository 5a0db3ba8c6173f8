import { readCheckedDefinition, type WorkflowGraph, workflowGraph } from '@skyground/asl';
import { type DrawnChart, workflowChart } from '@skyground/charts';
import definition from '../../workflow.asl.json' with { type: 'json' };

/** Once, when the module is loaded: a chart is a pure function of what was measured, and has no time to wait. */
const graph = await graphOf();

export function workflow(): DrawnChart {
  return workflowChart({
    id: 'workflow',
    title: 'The workflow, as every mode runs it',
    start: graph.start,
    nodes: graph.nodes,
    edges: graph.edges,
  });
}

async function graphOf(): Promise<WorkflowGraph> {
  const parsed = readCheckedDefinition(JSON.stringify(definition));
  if (!parsed.ok) throw new Error(`workflow.asl.json: ${JSON.stringify(parsed.diagnostics)}`);
  const graphed = await workflowGraph(parsed.definition);
  if (graphed.kind === 'refused')
    throw new Error(`workflow.asl.json: ${JSON.stringify(graphed.diagnostics)}`);
  return graphed.graph;
}
