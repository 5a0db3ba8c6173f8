import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlacedBox } from '../src/build/layers.ts';
import { roomPx } from '../src/build/pixels.ts';
import { workflowLayout } from '../src/build/workflow-layout.ts';
import { renderDrawnChart, type WorkflowEdge, type WorkflowNode, workflowChart } from '../src/index.ts';

const heading = { id: 'workflow', title: 'Workflow' };
const node = (name: string, type: WorkflowNode['type'] = 'Task'): WorkflowNode => ({ id: name, name, type });
const edgesTo = (kind: WorkflowEdge['kind'], from: string, names: readonly string[]): WorkflowEdge[] =>
  names.map((to) => ({ kind, from, to }));

const branches = ['Thumbnail', 'Transform', 'Filters', 'Contour'];
const pipeline = {
  ...heading,
  start: 'ImageLoader',
  nodes: [
    node('ImageLoader'),
    node('FanOut', 'Parallel'),
    ...branches.map((name) => node(name)),
    node('Publisher'),
  ],
  edges: [
    ...edgesTo('next', 'ImageLoader', ['FanOut']),
    ...edgesTo('fan-out', 'FanOut', branches),
    ...branches.flatMap((name) => edgesTo('fan-in', name, ['Publisher'])),
  ],
};

const probes = ['P1', 'P2', 'P3', 'P4', 'P5'];
const rule = (type: string) => `$.experiment_type StringEquals "${type}"`;
/** What apps/orchestration runs. */
const lab = {
  ...heading,
  start: 'SelectExperiment',
  nodes: [
    node('SelectExperiment', 'Choice'),
    ...['Chain_Step_A', 'Chain_Step_B', 'Chain_Step_C'].map((name) => node(name)),
    node('Parallel_Fan_Out', 'Parallel'),
    ...probes.map((name) => node(name)),
  ],
  edges: [
    { kind: 'choice', from: 'SelectExperiment', to: 'Chain_Step_A', label: rule('CHAIN') },
    { kind: 'choice', from: 'SelectExperiment', to: 'Parallel_Fan_Out', label: rule('PARALLEL') },
    { kind: 'choice', from: 'SelectExperiment', to: 'Chain_Step_A', label: 'Default' },
    ...edgesTo('next', 'Chain_Step_A', ['Chain_Step_B']),
    ...edgesTo('next', 'Chain_Step_B', ['Chain_Step_C']),
    ...edgesTo('fan-out', 'Parallel_Fan_Out', probes),
  ] satisfies WorkflowEdge[],
};

const overlap = (one: PlacedBox, other: PlacedBox): boolean =>
  Math.abs(one.x - other.x) < (one.widthPx + other.widthPx) / 2 - 0.001 &&
  Math.abs(one.y - other.y) < (one.heightPx + other.heightPx) / 2 - 0.001;

/** States and texts of edges that lie on each other, have no room for their words, or leave the picture. */
const crowdedIn = ({ nodes, edges, widthPx, heightPx }: ReturnType<typeof workflowLayout>) => {
  const boxes = [...nodes, ...edges.flatMap(({ label }) => (label === undefined ? [] : [label]))];
  return boxes.filter(
    (box, index) =>
      boxes.slice(index + 1).some((other) => overlap(box, other)) ||
      box.widthPx < roomPx(box.text) ||
      box.x - box.widthPx / 2 < 0 ||
      box.x + box.widthPx / 2 > widthPx ||
      box.y - box.heightPx / 2 < 0 ||
      box.y + box.heightPx / 2 > heightPx,
  );
};

test('the image pipeline: one layer after the other, branches from left to right as written', () => {
  const layout = workflowLayout(pipeline);
  expect(crowdedIn(layout)).toEqual([]);
  const at = (text: string) => layout.nodes.find((placed) => placed.text === text);
  const fan = branches.map((name) => at(name));
  expect(new Set(fan.map((placed) => placed?.y)).size).toBe(1);
  expect(fan.map((placed) => placed?.x)).toEqual(
    fan.map((placed) => placed?.x ?? 0).toSorted((a, b) => a - b),
  );
  const layers = ['ImageLoader', 'FanOut', 'Filters', 'Publisher'].map((name) => at(name)?.y ?? 0);
  expect(layers).toEqual(layers.toSorted((a, b) => a - b));
  // Arrows come in beside each other.
  const into = layout.edges
    .filter(({ kind }) => kind === 'fan-in')
    .map(({ points }) => points.at(-1)?.x ?? 0);
  const gaps = into.slice(1).map((x, index) => x - (into[index] ?? 0));
  for (const gap of gaps) expect(gap).toBeCloseTo(gaps[0] ?? 0, 6);
  expect(gaps[0]).toBeGreaterThan(9);
  const { table, readingSentence, altText } = workflowChart(pipeline);
  expect(table.rows).toHaveLength(9);
  expect(table.rows[1]).toEqual(['FanOut', 'Thumbnail', 'fan-out', '']);
  expect(readingSentence).toContain('Parallel wider at the bottom');
  expect(altText).toContain('Contour to Publisher (fan-in)');
});

test('the lab workflow: no text on another, rules of the choice in full, arrows that end at their states', () => {
  const layout = workflowLayout(lab);
  expect(crowdedIn(layout)).toEqual([]);
  expect(layout.edges.flatMap(({ label }) => (label === undefined ? [] : [label.text]))).toEqual([
    rule('CHAIN'),
    rule('PARALLEL'),
    'Default',
  ]);
  // Chain_Step_C and five probes.
  const end = layout.nodes.find(({ type }) => type === 'end');
  const ending = layout.edges.filter(
    ({ points }) => points.at(-1)?.y === (end?.y ?? 0) - (end?.heightPx ?? 0) / 2,
  );
  expect(ending).toHaveLength(6);
});

test('whatever the workflow, loops included, no state and no text lies on another', () => {
  const anyWorkflow = fc
    .record({
      names: fc.array(fc.string({ maxLength: 40 }), { minLength: 1, maxLength: 12 }),
      links: fc.array(
        fc.record({
          kind: fc.constantFrom('next', 'choice', 'catch', 'fan-out', 'fan-in'),
          from: fc.nat(11),
          to: fc.nat(11),
          label: fc.string({ maxLength: 50 }),
        }),
        { maxLength: 24 },
      ),
    })
    .map(({ names, links }) => ({
      ...heading,
      start: '0',
      nodes: names.map((name, index) => ({ id: `${index}`, name, type: 'Task' as const })),
      edges: links.map(({ kind, from, to, label }) => ({ kind, from: `${from}`, to: `${to}`, label })),
    }));
  fc.assert(
    fc.property(anyWorkflow, (workflow) => {
      const layout = workflowLayout(workflow);
      expect(crowdedIn(layout)).toEqual([]);
      expect(workflowLayout(workflow)).toEqual(layout);
    }),
    { numRuns: 60 },
  );
});

test('names from a definition stay text, edges from nowhere are counted, too many states are said', async () => {
  const hostile = ['__proto__', '</svg><script>x</script>', 'a\nb\u202e'];
  const chart = workflowChart({
    ...heading,
    start: '__proto__',
    nodes: hostile.map((name) => node(name)),
    edges: [
      { kind: 'catch', from: '__proto__', to: hostile[1] ?? '', label: '"&<' },
      { kind: 'next', from: '__proto__', to: 'constructor' },
    ],
  });
  expect(chart.table.rows).toEqual([['__proto__\u00a0', hostile[1], 'catch', '"&<']]);
  expect(JSON.stringify(chart.spec)).toContain('1 edge not drawn: from or to a state that there is not');
  const { svg } = await renderDrawnChart(chart);
  expect(svg).toContain('a\ufffdb\ufffd');
  expect(svg).not.toMatch(/<script|[\p{Cc}\u202e]/u);
  const many = Array.from({ length: 101 }, (_, index) => node(`S${index}`));
  expect(workflowChart({ ...heading, start: 'S0', nodes: many, edges: [] }).readingSentence).toBe(
    'There is no data to draw: 101 states are too many to draw, at most 100 can be read.',
  );
});
