import { mermaidOf, parseDefinition, workflowGraph } from '@skyground/asl';
import { expect, test } from 'vitest';

import lab from '../src/workflows/lab.asl.json' with { type: 'json' };

test('the lab workflow as a drawing', async () => {
  const parsed = parseDefinition(JSON.stringify(lab));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  const graphed = await workflowGraph(parsed.definition);
  if (graphed.kind === 'refused') throw new Error(JSON.stringify(graphed.diagnostics));
  expect(mermaidOf(graphed.graph)).toBe(`flowchart TD
  begin((" "))
  n0{"SelectExperiment"}
  n1["Chain_Step_A"]
  n2["Chain_Step_B"]
  n3["Chain_Step_C"]
  n4{{"Parallel_Fan_Out"}}
  n5["P1"]
  n6["P2"]
  n7["P3"]
  n8["P4"]
  n9["P5"]
  stop((" "))
  begin --> n0
  n0 -->|"$.experiment_type StringEquals #34;CHAIN#34;"| n1
  n0 -->|"$.experiment_type StringEquals #34;PARALLEL#34;"| n4
  n0 -->|"Default"| n1
  n1 --> n2
  n2 --> n3
  n4 --> n5
  n4 --> n6
  n4 --> n7
  n4 --> n8
  n4 --> n9
  n3 --> stop
  n5 --> stop
  n6 --> stop
  n7 --> stop
  n8 --> stop
  n9 --> stop
`);
});
