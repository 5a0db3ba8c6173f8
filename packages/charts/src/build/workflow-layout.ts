import { displayText, labelOf, pictureText, trimMiddle } from '../format.ts';
import { PLOT_WIDTH_PX } from '../theme.ts';
import { inLayers, type PlacedBox, type Point } from './layers.ts';
import { roomPx } from './pixels.ts';
import type { WorkflowEdge, WorkflowNode, WorkflowRequest } from './workflow-request.ts';

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

const STATE_PX = { height: 32, padding: 18 } as const;
const DOT_PX = { widthPx: 14, heightPx: 14 } as const;
const LABEL_PX = { height: 18, padding: 5 } as const;
/** Edges end this far from the corners of a state, which may be slanted. */
const CORNER_PX = 14;
const LONGEST_LABEL = 44;

/** What decides at an edge, as it is written. */
export const edgeText = ({ label = '' }: WorkflowEdge): string =>
  pictureText(trimMiddle(displayText(label.trim()), LONGEST_LABEL));

/** Where each state and edge stands, in a picture at least as wide as others. */
export function workflowLayout({ start, nodes, edges }: WorkflowRequest): WorkflowLayout {
  const states = [
    ...nodes.map(({ name, type }) => {
      const text = labelOf(name, '(no name)');
      return { type, text, widthPx: roomPx(text) + 2 * STATE_PX.padding, heightPx: STATE_PX.height };
    }),
    ...(['begin', 'end'] as const).map((type) => ({ type, text: '', ...DOT_PX })),
  ];
  const [begin, end] = [nodes.length, nodes.length + 1];
  const indexById = new Map(nodes.map(({ id }, index) => [id, index]));
  const arrows = [
    { kind: 'next' as const, from: begin, to: indexById.get(start), text: '' },
    ...edges.map((edge) => ({
      kind: edge.kind,
      from: indexById.get(edge.from),
      to: indexById.get(edge.to),
      text: edgeText(edge),
    })),
    ...nodes
      .filter((node) => endsWorkflow(node, edges))
      .map(({ id }) => ({ kind: 'next' as const, from: indexById.get(id), to: end, text: '' })),
  ].flatMap(({ kind, from, to, text }) =>
    from === undefined || to === undefined ? [] : [{ kind, from, to, text, label: labelSize(text) }],
  );
  const layers = inLayers(states, arrows);
  // In the middle where the picture is wider.
  const shiftPx = Math.max(0, (PLOT_WIDTH_PX - layers.widthPx) / 2);
  const shifted = <Place extends Point>(place: Place): Place => ({ ...place, x: place.x + shiftPx });
  const boxes = layers.boxes.map(shifted);
  return {
    widthPx: Math.max(PLOT_WIDTH_PX, layers.widthPx),
    heightPx: layers.heightPx,
    nodes: states.flatMap(({ type, text }, index) => {
      const box = boxes[index];
      return box === undefined ? [] : [{ type, text, ...box }];
    }),
    edges: layers.links.flatMap(({ points, label }, index) => {
      const { kind, from, to, text } = arrows[index] ?? {};
      if (kind === undefined || from === undefined || to === undefined || text === undefined) return [];
      const between = points.slice(1, -1).map(shifted);
      return [
        {
          kind,
          points: [...endAt(boxes[from], between[0]), ...between, ...endAt(boxes[to], between.at(-1))],
          label: label === undefined ? undefined : { text, ...shifted(label) },
        },
      ];
    }),
  };
}

const labelSize = (text: string) =>
  text === '' ? undefined : { widthPx: roomPx(text) + 2 * LABEL_PX.padding, heightPx: LABEL_PX.height };

/** Whether the workflow is over when it has come through the state. */
function endsWorkflow({ id, type }: WorkflowNode, edges: readonly WorkflowEdge[]): boolean {
  const mayEnd = type === 'Task' || type === 'Pass' || type === 'Succeed';
  return mayEnd && !edges.some(({ from, kind }) => from === id && kind !== 'catch');
}

/** Where an edge touches a state: above or below, as near to where it comes from as the state is wide. */
function endAt(box: PlacedBox | undefined, next: Point | undefined): readonly Point[] {
  if (box === undefined || next === undefined) return [];
  const { x, y, widthPx, heightPx } = box;
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
