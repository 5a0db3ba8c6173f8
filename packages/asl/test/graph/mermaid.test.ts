import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mermaidOf, type WorkflowGraph, workflowGraph } from '../../src/index.ts';
import { FUNCTION_ARN } from '../support/random-workflow.ts';
import { readDefinition } from '../support/run-workflow.ts';

async function drawn(definition: object): Promise<string> {
  const graphed = await workflowGraph(readDefinition(definition));
  if (graphed.kind === 'refused') throw new Error(JSON.stringify(graphed.diagnostics));
  return mermaidOf(graphed.graph);
}

function task(name: string, more: object) {
  return { Type: 'Task', Resource: FUNCTION_ARN + name, ...more };
}

describe('a workflow in the language of Mermaid', () => {
  test('ImageLoader -> [4] -> Publisher', async () => {
    const branches = ['Thumbnail', 'Transform', 'Filters', 'Contour'];
    const definition = {
      StartAt: 'ImageLoader',
      States: {
        ImageLoader: task('loader', { Next: 'Process' }),
        Process: {
          Type: 'Parallel',
          Branches: branches.map((name) => ({
            StartAt: name,
            States: { [name]: task(name, { End: true }) },
          })),
          Next: 'Publisher',
        },
        Publisher: task('publisher', { End: true }),
      },
    };
    expect(await drawn(definition)).toBe(`flowchart TD
  begin((" "))
  n0["ImageLoader"]
  n1{{"Process"}}
  n2["Thumbnail"]
  n3["Transform"]
  n4["Filters"]
  n5["Contour"]
  n6["Publisher"]
  stop((" "))
  begin --> n0
  n0 --> n1
  n1 --> n2
  n1 --> n3
  n1 --> n4
  n1 --> n5
  n2 --> n6
  n3 --> n6
  n4 --> n6
  n5 --> n6
  n6 --> stop
`);
  });

  test('every type of state has a shape; what is caught is dashed', async () => {
    const definition = {
      StartAt: 'Which',
      States: {
        Which: {
          Type: 'Choice',
          Choices: [{ Variable: '$.a', StringEquals: '"|end]\n', Next: 'Work' }],
          Default: 'Good',
        },
        Work: task('f', { Catch: [{ ErrorEquals: ['A"B', '%%{init}'], Next: 'Bad' }], End: true }),
        Good: { Type: 'Pass', Next: 'Done' },
        Done: { Type: 'Succeed' },
        Bad: { Type: 'Fail' },
      },
    };
    expect(await drawn(definition)).toBe(`flowchart TD
  begin((" "))
  n0{"Which"}
  n1["Work"]
  n2("Good")
  n3(["Done"])
  n4[["Bad"]]
  stop((" "))
  begin --> n0
  n0 -->|"$.a StringEquals #34;#92;#34;#124;end#93;#92;n#34;"| n1
  n0 -->|"Default"| n2
  n1 -.->|"A#34;B, #37;#37;#123;init#125;"| n4
  n2 --> n3
  n1 --> stop
  n3 --> stop
`);
  });

  test('no name gets out of its quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, label) => {
        const graph: WorkflowGraph = {
          start: name,
          nodes: [{ id: name, name, type: 'Pass' }],
          edges: [{ kind: 'catch', from: name, to: name, label }],
          fanOuts: [],
          fanIns: [],
        };
        const safe = String.raw`(?:[\p{L}\p{N}\p{M} _.,:=$/()-]|#\d+;)*`;
        expect(mermaidOf(graph)).toMatch(
          new RegExp(
            String.raw`^flowchart TD\n  begin\(\(" "\)\)\n  n0\("${safe}"\)\n  stop\(\(" "\)\)\n  begin --> n0\n  n0 -\.->(?:\|"${safe}"\|)? n0\n  n0 --> stop\n$`,
            'u',
          ),
        );
      }),
    );
  });
});
