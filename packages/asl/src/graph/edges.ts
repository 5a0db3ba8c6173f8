import type { StateFields } from '../definition/state-fields.ts';
import { transitionsOf } from '../definition/transitions.ts';
import { choiceText } from './choice-text.ts';
import type { GraphEdge } from './graph.ts';
import type { PlacedLine, PlacedState } from './placed-states.ts';

export function edgesFrom(placed: PlacedState): GraphEdge[] {
  const { id, line, state } = placed;
  const { fields, inner } = state;
  const isFanOut = inner.length > 0;
  const transitions = transitionsOf(fields).flatMap(({ target, path }): GraphEdge[] => {
    const [field, index] = path;
    const edge = { from: id, to: line.idOf(target) };
    if (field === 'Catch') return [{ kind: 'catch', ...edge, label: errorsOf(fields, Number(index)) }];
    if (fields.Type === 'Choice') {
      return [
        {
          kind: 'choice',
          ...edge,
          label: field === 'Default' ? 'Default' : choiceText(fields, Number(index)),
        },
      ];
    }
    // What follows a Parallel or Map is reached from the ends of its lines.
    return isFanOut ? [] : [{ kind: 'next', ...edge }];
  });
  const after = isFanOut || !endsLine(placed) ? undefined : stateAfter(line);
  return [...transitions, ...(after === undefined ? [] : [{ kind: 'fan-in' as const, from: id, to: after }])];
}

function errorsOf(fields: StateFields, index: number): string {
  return 'Catch' in fields ? (fields.Catch?.[index]?.ErrorEquals.join(', ') ?? '') : '';
}

/** Whether a line that leaves the state in good order has come to its end. */
export function endsLine({ state }: PlacedState): boolean {
  const { fields } = state;
  if (fields.Type === 'Succeed') return true;
  return fields.Type !== 'Choice' && fields.Type !== 'Fail' && fields.Next === undefined;
}

/** The state that the lines of a Parallel or Map come together at; through the ends of outer ones. Undefined at the workflow's end. */
function stateAfter({ outer }: PlacedLine): string | undefined {
  if (outer === undefined) return undefined;
  const { fields } = outer.state;
  const next = 'Next' in fields ? fields.Next : undefined;
  return next === undefined ? stateAfter(outer.line) : outer.line.idOf(next);
}
