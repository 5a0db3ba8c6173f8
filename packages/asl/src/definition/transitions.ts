import { type Diagnostic, missingTarget, placeOf } from './diagnostic.ts';
import type { StateFields } from './state-fields.ts';

interface Transition {
  readonly target: string;
  /** Next or Default. */
  readonly field: string;
  readonly path: readonly PropertyKey[];
}

interface PlacedState {
  readonly name: string;
  readonly fields: StateFields;
  readonly location: string;
}

/** Every state named in a machine must stand in it, and every state of it must be reached. */
export function checkTransitions(
  startAt: string,
  states: readonly PlacedState[],
  location: string,
): Diagnostic[] {
  const byName = new Map(states.map((state) => [state.name, state]));
  const findings = states.flatMap((state) =>
    transitionsOf(state.fields)
      .filter(({ target }) => !byName.has(target))
      .map(({ target, field, path }) => missingTarget(field, target, placeOf(state.location, path))),
  );
  if (!byName.has(startAt)) findings.push(missingTarget('StartAt', startAt, placeOf(location, ['StartAt'])));
  const reached = new Set<string>();
  const open = [startAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = byName.get(name);
    if (state === undefined || reached.has(name)) continue;
    reached.add(name);
    open.push(...transitionsOf(state.fields).map(({ target }) => target));
  }
  const unreached = states.filter((state) => findings.length === 0 && !reached.has(state.name));
  return [
    ...findings,
    ...unreached.map((state): Diagnostic => {
      const message = `State "${state.name}" is not reachable.`;
      return { severity: 'ERROR', code: 'MISSING_TRANSITION_TARGET', message, location: state.location };
    }),
  ];
}

/** Where a state says that it goes on, in the order of Next, Choices, Default, Catch. */
export function transitionsOf(fields: StateFields): Transition[] {
  const candidates: { target: string | undefined; field: string; path: readonly PropertyKey[] }[] = [
    { target: 'Next' in fields ? fields.Next : undefined, field: 'Next', path: ['Next'] },
    ...('Choices' in fields ? fields.Choices : []).map((choice, index) => ({
      target: choice.Next,
      field: 'Next',
      path: ['Choices', index, 'Next'],
    })),
    { target: 'Default' in fields ? fields.Default : undefined, field: 'Default', path: ['Default'] },
    ...('Catch' in fields ? (fields.Catch ?? []) : []).map((catcher, index) => ({
      target: catcher.Next,
      field: 'Next',
      path: ['Catch', index, 'Next'],
    })),
  ];
  return candidates.flatMap(({ target, field, path }) =>
    target === undefined ? [] : [{ target, field, path }],
  );
}
