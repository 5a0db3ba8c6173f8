import type { GraphEdge, GraphNode, WorkflowGraph } from './graph.ts';

/** What stands around a label, by type of state. */
const SHAPES = {
  Task: ['[', ']'],
  Pass: ['(', ')'],
  Choice: ['{', '}'],
  Parallel: ['{{', '}}'],
  Map: ['{{', '}}'],
  Succeed: ['([', '])'],
  Fail: ['[[', ']]'],
} as const satisfies Record<GraphNode['type'], readonly [string, string]>;

/** The graph as a flowchart in the language of Mermaid. Names are shown and never read as part of it. */
export function mermaidOf({ start, nodes, edges }: WorkflowGraph): string {
  // Ids of states may hold anything; here a node is called by its number.
  const numbers = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const numberOf = (id: string) => numbers.get(id) ?? 'stop';
  const lines = [
    'begin((" "))',
    ...nodes.map((node) => nodeText(numberOf(node.id), node)),
    'stop((" "))',
    `begin --> ${numberOf(start)}`,
    ...edges.map((edge) => `${numberOf(edge.from)} ${arrowText(edge)} ${numberOf(edge.to)}`),
    ...nodes.filter((node) => endsWorkflow(node, edges)).map(({ id }) => `${numberOf(id)} --> stop`),
  ];
  return `flowchart TD\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

function nodeText(number: string, { name, type }: GraphNode): string {
  const [open, close] = SHAPES[type];
  return `${number}${open}"${labelText(name)}"${close}`;
}

function arrowText({ kind, label }: GraphEdge): string {
  const arrow = kind === 'catch' ? '-.->' : '-->';
  // Mermaid does not take an empty label.
  return label === undefined || label === '' ? arrow : `${arrow}|"${labelText(label)}"|`;
}

function endsWorkflow({ id, type }: GraphNode, edges: readonly GraphEdge[]): boolean {
  const isEnd = type === 'Task' || type === 'Pass' || type === 'Succeed';
  return isEnd && !edges.some(({ from, kind }) => from === id && kind !== 'catch');
}

/** All but letters, digits and harmless signs as their numbers, which Mermaid shows as the signs. */
function labelText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\p{L}\p{N}\p{M} _.,:=$/()-]/gu, (sign) => `#${sign.codePointAt(0)};`);
}
