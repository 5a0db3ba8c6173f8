import { displayText, labelOf, pictureText, trimMiddle } from '../format.ts';
import { PLOT_WIDTH_PX } from '../theme.ts';
import { withEnds } from './edge-ends.ts';
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
  const points = withEnds(
    boxes,
    arrows.map(({ from, to }, index) => ({
      from,
      to,
      between: (layers.links[index]?.points ?? []).slice(1, -1).map(shifted),
    })),
  );
  return {
    widthPx: Math.max(PLOT_WIDTH_PX, layers.widthPx),
    heightPx: layers.heightPx,
    nodes: states.flatMap(({ type, text }, index) => {
      const box = boxes[index];
      return box === undefined ? [] : [{ type, text, ...box }];
    }),
    edges: arrows.map(({ kind, text }, index) => {
      const label = layers.links[index]?.label;
      return {
        kind,
        points: points[index] ?? [],
        label: label === undefined ? undefined : { text, ...shifted(label) },
      };
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
