import { firstOf, type Judging } from './compare-value.ts';
import type { Difference } from './difference.ts';
import { type ActualEvent, compareContent, differ, type RecordedEvent } from './event.ts';
import { compareInterleaved } from './interleaving.ts';
import { compareSorted, hasId } from './sorted-branches.ts';

/** How much of two events is compared: their type alone, or what they say. */
export type CompareEvent = (
  recorded: RecordedEvent,
  actual: ActualEvent,
  path: string,
) => Difference | undefined;

/** Event types in order. Branches that run at the same time may interleave differently. */
export function compareTypes(
  recorded: readonly RecordedEvent[],
  actual: readonly ActualEvent[],
  judging: Judging,
): Difference | undefined {
  const compare: CompareEvent = (left, right, path) => differ(left.type, right.type, `${path}.type`);
  if (isSorted(recorded)) return compareSorted(recorded, actual, compare, judging.bindings);
  const difference = inOrder(recorded, actual, compare);
  return difference === undefined || compareInterleaved(recorded, actual, compare, judging.bindings)
    ? undefined
    : difference;
}

/** Every event: id, previousEventId, type and details. Branches that run at the same time may interleave differently. */
export function compareEvents(
  recorded: readonly RecordedEvent[],
  actual: readonly ActualEvent[],
  judging: Judging,
): Difference | undefined {
  const compare: CompareEvent = (left, right, path) => compareContent(left, right, judging, path);
  if (isSorted(recorded)) {
    const compareNumbered: CompareEvent = (left, right, path) =>
      compare(left, right, path) ??
      (hasId(left)
        ? differ(left.previousEventId, right.previousEventId, `${path}.previousEventId`)
        : undefined);
    return compareSorted(recorded, actual, compareNumbered, judging.bindings);
  }
  const restore = judging.bindings.save();
  const difference = inOrder(
    recorded,
    actual,
    (left, right, path) =>
      differ(left.id, right.id, `${path}.id`) ??
      compare(left, right, path) ??
      differ(left.previousEventId, right.previousEventId, `${path}.previousEventId`),
  );
  if (difference === undefined) return undefined;
  restore();
  return compareInterleaved(recorded, actual, compare, judging.bindings) ? undefined : difference;
}

function inOrder(
  recorded: readonly RecordedEvent[],
  actual: readonly ActualEvent[],
  compare: CompareEvent,
): Difference | undefined {
  const difference = firstOf(recorded.slice(0, actual.length), (event, index) => {
    const other = actual[index];
    return other === undefined ? undefined : compare(event, other, `events[${index}]`);
  });
  return difference ?? differ(recorded.length, actual.length, 'events.length');
}

/** Whether the recorder sorted the events inside Parallel states by their text, and so lost their ids. */
function isSorted(recorded: readonly RecordedEvent[]): boolean {
  return !recorded.every(hasId);
}
