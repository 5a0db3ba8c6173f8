import { type EdgeLabel, Graph, type GraphLabel, layout, type NodeLabel, type Point } from '@dagrejs/dagre';
import { displayText, labelOf, pictureText, trimMiddle } from '../format.ts';
import { PLOT_WIDTH_PX } from '../theme.ts';
import { roomPx } from './pixels.ts';
import type { WorkflowEdge, WorkflowNode, WorkflowRequest } from './workflow-request.ts';

export interface PlacedBox {
  /** Of its middle. */
  readonly x: number;
  readonly y: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface PlacedNode extends PlacedBox {
  /** Begin and end are the small circles before the first state and after the last ones. */
  readonly type: WorkflowNode['type'] | 'begin' | 'end';
  readonly text: string;
}

export interface PlacedEdge {
  readonly kind: WorkflowEdge['kind'];
  readonly points: readonly Point[];
  /** Undefined where nothing is written at the edge. */
  readonly label: (PlacedBox & { readonly text: string }) | undefined;
}

export interface WorkflowLayout {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

const NODE_PX = { height: 32, padding: 18 } as const;
const DOT_PX = 14;
const LABEL_PX = { height: 18, padding: 5 } as const;
const MARGIN_PX = 10;
/** Edges end this far from the corners of a state, which may be slanted. */
const CORNER_PX = 14;
const LONGEST_LABEL = 44;

/** What decides at an edge, as it is written. */
export const edgeText = ({ label = '' }: WorkflowEdge): string =>
  pictureText(trimMiddle(displayText(label.trim()), LONGEST_LABEL));

/** Where each state and edge stands: in layers from top to bottom, with room for every text. Equal workflows, equal places. */
export function workflowLayout({ start, nodes, edges }: WorkflowRequest): WorkflowLayout {
  // States may be called anything: here they are called by their numbers.
  const keyById = new Map(nodes.map(({ id }, index) => [id, `${index}`]));
  const drawn = [
    ...nodes.map(({ id, name, type }) => ({
      key: keyById.get(id) ?? '',
      type,
      text: labelOf(name, '(no name)'),
    })),
    { key: 'begin', type: 'begin', text: '' } as const,
    { key: 'end', type: 'end', text: '' } as const,
  ];
  const links = [
    { kind: 'next', from: 'begin', to: keyById.get(start), text: '' } as const,
    ...edges.map((edge) => ({
      kind: edge.kind,
      from: keyById.get(edge.from),
      to: keyById.get(edge.to),
      text: edgeText(edge),
    })),
    ...nodes.flatMap((node) =>
      endsWorkflow(node, edges)
        ? [{ kind: 'next', from: keyById.get(node.id), to: 'end', text: '' } as const]
        : [],
    ),
  ].flatMap(({ kind, from, to, text }) =>
    from === undefined || to === undefined ? [] : [{ kind, from, to, text }],
  );
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>({ multigraph: true });
  graph.setGraph({ nodesep: 26, edgesep: 14, ranksep: 46, marginx: MARGIN_PX, marginy: MARGIN_PX });
  for (const { key, type, text } of drawn) graph.setNode(key, sizeOf(type, text));
  // Of lines that part at a state, the one that is set last comes to stand leftmost.
  for (const [index, { from, to, text }] of [...links.entries()].toReversed()) {
    const size = text === '' ? {} : { width: roomPx(text) + 2 * LABEL_PX.padding, height: LABEL_PX.height };
    graph.setEdge(from, to, { ...size, labelpos: 'c' }, `${index}`);
  }
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  // In the middle where the plot is wider.
  const shiftPx = Math.max(0, (PLOT_WIDTH_PX - width) / 2);
  const placeOf = ({ x = 0, y = 0, width: widthPx = 0, height: heightPx = 0 }: NodeLabel | EdgeLabel) => ({
    x: x + shiftPx,
    y,
    widthPx,
    heightPx,
  });
  return {
    widthPx: Math.max(PLOT_WIDTH_PX, width),
    heightPx: height,
    nodes: drawn.map(({ key, type, text }) => ({ type, text, ...placeOf(graph.node(key)) })),
    edges: links.map(({ kind, from, to, text }, index) => {
      const placed: EdgeLabel = graph.edge(from, to, `${index}`);
      const [, ...points] = (placed.points ?? []).map(({ x, y }: Point) => ({ x: x + shiftPx, y }));
      const between = points.slice(0, -1);
      return {
        kind,
        points: [
          ...endAt(placeOf(graph.node(from)), between[0]),
          ...between,
          ...endAt(placeOf(graph.node(to)), between.at(-1)),
        ],
        label: text === '' ? undefined : { text, ...placeOf(placed) },
      };
    }),
  };
}

/** Where an edge touches a state: above or below, as near to where it comes from as the state is wide. */
function endAt({ x, y, widthPx, heightPx }: PlacedBox, next: Point | undefined): readonly Point[] {
  if (next === undefined) return [];
  // An edge from a state to itself stays at its side.
  if (Math.abs(next.y - y) <= heightPx / 2) return [{ x: x + widthPx / 2, y: next.y }];
  const reachPx = Math.max(0, widthPx / 2 - CORNER_PX);
  return [
    {
      x: Math.min(x + reachPx, Math.max(x - reachPx, next.x)),
      y: y + (Math.sign(next.y - y) * heightPx) / 2,
    },
  ];
}

/** Whether the workflow is over when it has come through the state. */
function endsWorkflow({ id, type }: WorkflowNode, edges: readonly WorkflowEdge[]): boolean {
  const mayEnd = type === 'Task' || type === 'Pass' || type === 'Succeed';
  return mayEnd && !edges.some(({ from, kind }) => from === id && kind !== 'catch');
}

function sizeOf(type: PlacedNode['type'], text: string) {
  if (type === 'begin' || type === 'end') return { width: DOT_PX, height: DOT_PX };
  return { width: roomPx(text) + 2 * NODE_PX.padding, height: NODE_PX.height };
}
