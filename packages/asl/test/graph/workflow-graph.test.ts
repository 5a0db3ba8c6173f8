import { describe, expect, test } from 'vitest';
import { type Diagnostic, nodeIdOf, type WorkflowGraph, workflowGraph } from '../../src/index.ts';
import { FUNCTION_ARN } from '../support/random-workflow.ts';
import { readDefinition } from '../support/run-workflow.ts';

type Fields = Readonly<Record<string, unknown>>;

function task(more: Fields = { End: true }): Fields {
  return { Type: 'Task', Resource: `${FUNCTION_ARN}f`, ...more };
}

function branch(name: string, more?: Fields): Fields {
  return { StartAt: name, States: { [name]: task(more) } };
}

async function graphOf(startAt: string, states: Fields): Promise<WorkflowGraph> {
  const graphed = await workflowGraph(readDefinition({ StartAt: startAt, States: states }));
  if (graphed.kind === 'refused') throw new Error(JSON.stringify(graphed.diagnostics));
  return graphed.graph;
}

/** `from kind to`, without labels. */
function arrows({ edges }: WorkflowGraph): string[] {
  return edges.map(({ from, kind, to }) => `${from} ${kind} ${to}`);
}

describe('the graph', () => {
  test('of Parallels inside each other brings lines together where the outer one goes on', async () => {
    const inner = { Type: 'Parallel', Branches: [branch('C'), branch('D')], End: true };
    const outer = {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'B', States: { B: task({ Next: 'Inner' }), Inner: inner } },
        { StartAt: 'E', States: { E: { Type: 'Succeed' } } },
      ],
      Catch: [{ ErrorEquals: ['E1', 'E2'], Next: 'Handle' }],
      Next: 'Join',
    };
    const graph = await graphOf('Outer', { Outer: outer, Join: task(), Handle: { Type: 'Fail' } });
    expect(graph.nodes.map(({ id, type }) => `${id} ${type}`)).toEqual([
      'Outer Parallel',
      'Outer/0/B Task',
      'Outer/0/Inner Parallel',
      'Outer/0/Inner/0/C Task',
      'Outer/0/Inner/1/D Task',
      'Outer/1/E Succeed',
      'Join Task',
      'Handle Fail',
    ]);
    expect(arrows(graph)).toEqual([
      'Outer catch Handle',
      'Outer fan-out Outer/0/B',
      'Outer fan-out Outer/1/E',
      'Outer/0/B next Outer/0/Inner',
      'Outer/0/Inner fan-out Outer/0/Inner/0/C',
      'Outer/0/Inner fan-out Outer/0/Inner/1/D',
      'Outer/0/Inner/0/C fan-in Join',
      'Outer/0/Inner/1/D fan-in Join',
      'Outer/1/E fan-in Join',
    ]);
    expect(graph.edges[0]?.label).toBe('E1, E2');
    expect(graph.fanIns).toEqual([
      {
        source: 'Outer',
        ends: ['Outer/0/Inner', 'Outer/1/E'],
        aggregator: 'Join',
        futures: {
          kind: 'waits',
          reason: 'Outer has Catch: whether it succeeds is known when all lines have ended',
        },
      },
      {
        source: 'Outer/0/Inner',
        ends: ['Outer/0/Inner/0/C', 'Outer/0/Inner/1/D'],
        aggregator: undefined,
        futures: { kind: 'waits', reason: 'the outputs of Inner end its line' },
      },
    ]);
  });

  test('of a Map in a Parallel has one line for all iterations, and names places at run time by it', async () => {
    const each = { Type: 'Map', ItemProcessor: branch('T'), Next: 'Sum' };
    const fan = {
      Type: 'Parallel',
      Branches: [{ StartAt: 'Each', States: { Each: each, Sum: task() } }],
      End: true,
    };
    const definition = readDefinition({ StartAt: 'Fan', States: { Fan: fan } });
    const graph = await graphOf('Fan', { Fan: fan });
    expect(graph.fanOuts[1]).toEqual({ source: 'Fan/0/Each', type: 'Map', lines: ['Fan/0/Each/[*]/T'] });
    expect(graph.fanIns[1]).toMatchObject({ aggregator: 'Fan/0/Sum', futures: { kind: 'held' } });
    expect(arrows(graph)).toContain('Fan/0/Each/[*]/T fan-in Fan/0/Sum');
    expect(nodeIdOf(definition, [{ state: 'Fan', attempt: 2 }, 0, 'Each', 17, 'T'])).toBe('Fan/0/Each/[*]/T');
  });

  test('says what a Choice asks, and comes to the aggregator through Pass states', async () => {
    const rule = {
      And: [{ Variable: '$.n', NumericGreaterThan: 1 }, { Not: { Variable: '$.s', StringEquals: 'x' } }],
    };
    const graph = await graphOf('Which', {
      Which: { Type: 'Choice', Choices: [{ ...rule, Next: 'Fan' }], Default: 'Sum' },
      Fan: { Type: 'Parallel', Branches: [branch('A')], Next: 'Shape' },
      Shape: { Type: 'Pass', Parameters: { 'all.$': '$' }, Next: 'Sum' },
      Sum: task(),
    });
    expect(graph.edges.slice(0, 2)).toEqual([
      {
        kind: 'choice',
        from: 'Which',
        to: 'Fan',
        label: '$.n NumericGreaterThan 1 and (not ($.s StringEquals "x"))',
      },
      { kind: 'choice', from: 'Which', to: 'Sum', label: 'Default' },
    ]);
    expect(graph.fanIns[0]).toMatchObject({ aggregator: 'Sum', futures: { kind: 'held' } });
  });
});

describe('an aggregator', () => {
  test.each<[string, Fields, Fields, object]>([
    ['holds futures: the list', {}, {}, { kind: 'held' }],
    [
      'holds futures: beside input of any type',
      { ResultPath: '$.job.parts' },
      {
        Parameters: {
          'p.$': '$.job.parts[1]',
          'n.$': 'States.MathAdd($.job.n, 1)',
          'id.$': '$$.Execution.Input.id',
        },
      },
      { kind: 'held' },
    ],
    [
      'holds futures: JSONata',
      {
        QueryLanguage: 'JSONata',
        Output: { parts: '{% $states.result %}', rest: '{% $states.input.rest %}' },
      },
      {
        QueryLanguage: 'JSONata',
        Arguments: { p: '{% $states.input.parts %}', r: '{% $sum($states.input.rest) %}' },
      },
      { kind: 'held' },
    ],
    [
      'waits: a member of an output',
      {},
      { Parameters: { 'key.$': '$[0].key' } },
      { kind: 'waits', reason: 'a path leads into the output of a line' },
    ],
    [
      'waits: an expression on the outputs',
      { QueryLanguage: 'JSONata', Output: '{% $states.result.key %}' },
      {},
      { kind: 'waits', reason: 'an expression reads the output of a line' },
    ],
    [
      'waits: none gets there',
      { ResultPath: null },
      {},
      { kind: 'waits', reason: 'Sum gets none of the outputs' },
    ],
    [
      'waits: Retry',
      { Retry: [{ ErrorEquals: ['E'] }] },
      {},
      { kind: 'waits', reason: 'Fan has Retry: whether it succeeds is known when all lines have ended' },
    ],
  ])('%s', async (_name, fan, sum, futures) => {
    const graph = await graphOf('Fan', {
      Fan: { Type: 'Parallel', Branches: [branch('A'), branch('B')], Next: 'Sum', ...fan },
      Sum: task({ End: true, ...sum }),
    });
    expect(graph.fanIns[0]?.futures).toEqual(futures);
  });

  test('is none where a Choice comes first', async () => {
    const graph = await graphOf('Fan', {
      Fan: { Type: 'Parallel', Branches: [branch('A')], Next: 'Which' },
      Which: { Type: 'Choice', Choices: [{ Variable: '$[0].x', IsPresent: true, Next: 'X' }], Default: 'Y' },
      X: task(),
      Y: task(),
    });
    expect(graph.fanIns[0]).toMatchObject({
      aggregator: undefined,
      futures: { kind: 'waits', reason: 'Which, a Choice state, comes before a task' },
    });
  });
});

describe('what needs an orchestrator is refused with its place', () => {
  async function refused(definition: Fields): Promise<readonly Diagnostic[]> {
    const graphed = await workflowGraph(readDefinition(definition));
    if (graphed.kind === 'graph') throw new Error('it was accepted');
    return graphed.diagnostics;
  }

  test.each<[string, string, RegExp, Fields]>([
    ['a timer', '/States/S', /^A Wait state/, { Type: 'Wait', Seconds: 1, End: true }],
    [
      'another service',
      '/States/S/Resource',
      /^A Task that is no function \(arn:aws:states:::dynamodb:getItem\)/,
      task({
        Resource: 'arn:aws:states:::dynamodb:getItem',
        Parameters: { TableName: 't', Key: {} },
        End: true,
      }),
    ],
    [
      'a function that is known at run time',
      '/States/S/Resource',
      /FunctionName that stands there/,
      task({
        Resource: 'arn:aws:states:::lambda:invoke',
        Parameters: { 'FunctionName.$': '$.f' },
        End: true,
      }),
    ],
    [
      'another role',
      '/States/S/Credentials',
      /^Credentials/,
      task({ Credentials: { RoleArn: 'r' }, End: true }),
    ],
    [
      'a limit of iterations',
      '/States/S/MaxConcurrency',
      /^MaxConcurrency: all iterations start at once/,
      { Type: 'Map', ItemProcessor: branch('T'), MaxConcurrency: 2, End: true },
    ],
    [
      'what stands in an old Iterator',
      '/States/S/Iterator/States/W',
      /^A Wait state/,
      {
        Type: 'Map',
        Iterator: { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 1, End: true } } },
        End: true,
      },
    ],
  ])('%s', async (_name, location, message, state) => {
    expect(await refused({ StartAt: 'S', States: { S: state } })).toEqual([
      {
        severity: 'ERROR',
        code: 'CANNOT_BE_DECENTRALISED',
        message: expect.stringMatching(message),
        location,
      },
    ]);
  });

  test('the time of all, and every transition of a loop', async () => {
    const loop = {
      A: task({ Next: 'B' }),
      B: { Type: 'Choice', Choices: [{ Variable: '$.again', BooleanEquals: true, Next: 'A' }], Default: 'C' },
      C: task(),
    };
    const findings = await refused({ StartAt: 'A', TimeoutSeconds: 5, States: loop });
    expect(findings.map(({ location }) => location)).toEqual([
      '/TimeoutSeconds',
      '/States/A/Next',
      '/States/B/Choices[0]/Next',
    ]);
  });

  test('the time of one task is not: its own function can keep it', async () => {
    expect((await graphOf('S', { S: task({ TimeoutSeconds: 5, End: true }) })).start).toBe('S');
  });
});
