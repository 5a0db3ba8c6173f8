import type { DrawnChart } from '../drawn-chart.ts';
import { labelOf, plural } from '../format.ts';
import { noDataFramed, noDataSentence } from '../framed.ts';
import { paragraph } from '../sentence.ts';
import { edgeText } from './workflow-layout.ts';
import { NODE_LOOKS } from './workflow-looks.ts';
import type { WorkflowNode, WorkflowRequest } from './workflow-request.ts';
import { workflowSpec } from './workflow-spec.ts';

/** A picture of more could not be read. */
const MOST_STATES = 100;
const MOST_EDGES = 400;
/** More cannot be listened to. */
const MOST_SAID = 20;

/** A workflow as a picture: its states from top to bottom, and what leads from one to the next. */
export const workflowChart = (request: WorkflowRequest): DrawnChart => {
  const { id, title, lines = [], remark = '', nodes } = request;
  const ids = new Set(nodes.map((node) => node.id));
  const edges = request.edges.filter(({ from, to }) => ids.has(from) && ids.has(to));
  const leftOut = request.edges.length - edges.length;
  const notes = [
    ...(leftOut > 0 ? [`${plural(leftOut, 'edge')} not drawn: from or to a state that there is not`] : []),
    ...lines,
  ];
  const nothing = reasonForNone(nodes.length, edges.length);
  const names = new Map(nodes.map((node) => [node.id, nameOf(node)]));
  const arrows = edges.map((edge) => ({
    kind: edge.kind,
    from: names.get(edge.from) ?? '',
    to: names.get(edge.to) ?? '',
    label: edgeText(edge),
  }));
  return {
    id,
    title,
    spec:
      nothing === undefined
        ? workflowSpec({ ...request, edges, lines: notes })
        : noDataFramed(title, notes, nothing),
    readingSentence: nothing === undefined ? paragraph(remark, howToRead(nodes)) : noDataSentence(nothing),
    altText:
      nothing === undefined
        ? `Workflow of ${plural(nodes.length, 'state')}: ${arrows
            .slice(0, MOST_SAID)
            .map(({ kind, from, to }) => `${from} to ${to}${kind === 'next' ? '' : ` (${kind})`}`)
            .join('; ')}${arrows.length > MOST_SAID ? `; and ${arrows.length - MOST_SAID} more` : ''}.`
        : 'Workflow: no data.',
    table: {
      columns: ['from', 'to', 'kind', 'condition'],
      rows: arrows.map(({ from, to, kind, label }) => [from, to, kind, label]),
    },
  };
};

function reasonForNone(states: number, edges: number): string | undefined {
  if (states === 0) return 'the workflow has no states';
  if (states > MOST_STATES)
    return `${plural(states, 'state')} are too many to draw, at most ${MOST_STATES} can be read`;
  if (edges > MOST_EDGES)
    return `${plural(edges, 'edge')} are too many to draw, at most ${MOST_EDGES} can be read`;
  return undefined;
}

const nameOf = ({ name }: WorkflowNode): string => labelOf(name, '(no name)');

const howToRead = (nodes: readonly WorkflowNode[]): string => {
  const types = [...new Set(nodes.map(({ type }) => type))];
  const said = types.map((type) => `${type} ${NODE_LOOKS[type].shape}`).join(', ');
  return `Read from the dot at the top to the ring at the bottom; the shape says the kind of a state: ${said}.`;
};
