import type { TopLevelSpec } from 'vega-lite';
import { framed, type Layers } from '../framed.ts';
import { INK, OUTLINED } from '../theme.ts';
import type { Point } from './layers.ts';
import { pixels, textLayer } from './pixels.ts';
import { type PlacedEdge, type PlacedNode, workflowLayout } from './workflow-layout.ts';
import { EDGE_LOOKS, NODE_LOOKS } from './workflow-looks.ts';
import type { WorkflowRequest } from './workflow-request.ts';

const ARROW_PX = { length: 9, halfWidth: 4 } as const;

export function workflowSpec(request: WorkflowRequest): TopLevelSpec {
  const { widthPx, heightPx, nodes, edges } = workflowLayout(request);
  const labels = edges.flatMap(({ label }) => (label === undefined ? [] : [label]));
  const grounds = labels.map(({ x, y, widthPx: width, heightPx: height }) => ({
    x: x - width / 2,
    x2: x + width / 2,
    y: y - height / 2,
    y2: y + height / 2,
  }));
  return framed(request.title, request.lines ?? [], {
    widthPx,
    heightPx,
    layer: [
      edgeLines(edges),
      arrowHeads(edges),
      {
        data: { values: grounds },
        mark: { type: 'rect', color: '#ffffff', tooltip: null },
        encoding: { x: pixels('x'), y: pixels('y'), x2: { field: 'x2' }, y2: { field: 'y2' } },
      },
      textLayer(labels, { align: 'center', fontStyle: 'italic' }),
      nodeShapes(nodes),
      dots(nodes),
      textLayer(
        nodes.filter(({ text }) => text !== ''),
        { align: 'center' },
      ),
    ],
  });
}

/** Vega sorts lines by their x unless told otherwise. */
const inOrder = {
  order: { field: 'order', type: 'quantitative' },
  detail: { field: 'id', type: 'nominal' },
} as const;

const pointsOf = (id: number, points: readonly Point[], more: object = {}) =>
  points.map(({ x, y }, order) => ({ id, order, x, y, ...more }));

function edgeLines(edges: readonly PlacedEdge[]): Layers[number] {
  const looks = Object.values(EDGE_LOOKS).filter(({ label }) => edges.some(({ kind }) => kind === label));
  const domain = looks.map(({ label }) => label);
  const legend = looks.length > 1 ? { symbolType: 'stroke', symbolStrokeWidth: 2, symbolSize: 600 } : null;
  return {
    data: { values: edges.flatMap(({ kind, points }, id) => pointsOf(id, points, { kind })) },
    mark: { type: 'line', strokeWidth: 1.6, strokeJoin: 'round', tooltip: null },
    encoding: {
      x: pixels('x'),
      y: pixels('y'),
      ...inOrder,
      stroke: {
        field: 'kind',
        type: 'nominal',
        scale: { domain, range: looks.map(({ colour }) => colour) },
        legend,
      },
      strokeDash: {
        field: 'kind',
        type: 'nominal',
        scale: { domain, range: looks.map(({ dash }) => [...dash]) },
        legend,
      },
    },
  };
}

function arrowHeads(edges: readonly PlacedEdge[]): Layers[number] {
  const values = edges.flatMap(({ kind, points }, id) => {
    const [before, tip] = points.slice(-2);
    if (before === undefined || tip === undefined) return [];
    const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
    const [alongX, alongY] = [(tip.x - before.x) / length, (tip.y - before.y) / length];
    const corner = (side: number): Point => ({
      x: tip.x - ARROW_PX.length * alongX - side * ARROW_PX.halfWidth * alongY,
      y: tip.y - ARROW_PX.length * alongY + side * ARROW_PX.halfWidth * alongX,
    });
    return pointsOf(id, [tip, corner(1), corner(-1)], { colour: EDGE_LOOKS[kind].colour });
  });
  return filled(values, { strokeWidth: 0 });
}

const nodeShapes = (nodes: readonly PlacedNode[]): Layers[number] =>
  filled(
    nodes.flatMap((node, id) => {
      if (node.type === 'begin' || node.type === 'end') return [];
      const { fill, outline } = NODE_LOOKS[node.type];
      return pointsOf(id, outline(node), { colour: fill });
    }),
    OUTLINED,
  );

const filled = (values: readonly object[], look: object): Layers[number] => ({
  data: { values: [...values] },
  mark: { type: 'line', interpolate: 'linear-closed', tooltip: null, ...look },
  encoding: {
    x: pixels('x'),
    y: pixels('y'),
    ...inOrder,
    fill: { field: 'colour', type: 'nominal', scale: null },
  },
});

const dots = (nodes: readonly PlacedNode[]): Layers[number] => ({
  data: {
    values: nodes.flatMap(({ type, x, y }) =>
      type === 'begin' || type === 'end' ? [{ x, y, fill: type === 'begin' ? INK : '#ffffff' }] : [],
    ),
  },
  mark: {
    type: 'point',
    shape: 'circle',
    size: 120,
    stroke: INK,
    strokeWidth: 2.5,
    opacity: 1,
    tooltip: null,
  },
  encoding: { x: pixels('x'), y: pixels('y'), fill: { field: 'fill', type: 'nominal', scale: null } },
});
