import type { CompareEvent } from './compare-history.ts';
import type { Difference } from './difference.ts';
import { type ActualEvent, differ, type RecordedEvent } from './event.ts';
import type { Bindings } from './placeholders.ts';

/** What ends a Parallel state or is nested in one: the recorder lost some of these where it sorted. */
const MAY_BE_LOST = new Set([
  'ParallelStateStarted',
  'ParallelStateSucceeded',
  'ParallelStateFailed',
  'ParallelStateExited',
]);

/**
 * Compares with a recording whose events inside Parallel states were sorted by text: events that kept their id stand where it
 * says; between two of them the sorted ones are a multiset. Ours may have more there, of the few types that the recorder lost.
 */
export function compareSorted(
  recorded: readonly RecordedEvent[],
  actual: readonly ActualEvent[],
  compare: CompareEvent,
  bindings: Bindings,
): Difference | undefined {
  const byId = new Map(actual.map((event) => [event.id, event]));
  const last = recorded.findLast(hasId);
  if (last !== undefined && last.id !== actual.length) {
    return differ(last.id, actual.length, 'events.length');
  }
  let afterId = 0;
  let sorted: RecordedEvent[] = [];
  for (const [index, event] of recorded.entries()) {
    if (!hasId(event)) {
      sorted.push(event);
      continue;
    }
    const path = `events[${index}]`;
    const other = byId.get(event.id);
    if (other === undefined) return { path, recorded: event.type, actual: undefined };
    const difference = compare(event, other, path);
    if (difference !== undefined) return difference;
    const between = actual.slice(afterId, event.id - 1);
    const unequal = compareMultiset(sorted, between, compare, bindings, `events before ${path}`);
    if (unequal !== undefined) return unequal;
    afterId = event.id;
    sorted = [];
  }
  return sorted.length === 0
    ? undefined
    : { path: 'events', recorded: 'an event with an id at the end', actual: undefined };
}

export function hasId(event: RecordedEvent): event is RecordedEvent & { readonly id: number } {
  return typeof event.id === 'number' && event.id !== 0;
}

function compareMultiset(
  recorded: readonly RecordedEvent[],
  actual: readonly ActualEvent[],
  compare: CompareEvent,
  bindings: Bindings,
  path: string,
): Difference | undefined {
  const left = [...actual];
  for (const event of recorded) {
    const found = left.findIndex((candidate) => {
      const restore = bindings.save();
      const isEqual = compare(event, candidate, path) === undefined;
      if (!isEqual) restore();
      return isEqual;
    });
    if (found === -1) {
      const sameType = left.find(({ type }) => type === event.type);
      return (
        (sameType && compare(event, sameType, path)) ?? { path, recorded: event.type, actual: undefined }
      );
    }
    left.splice(found, 1);
  }
  const surplus = left.find(({ type }) => !MAY_BE_LOST.has(type));
  return surplus && { path, recorded: undefined, actual: surplus.type };
}
