import type { CompareEvent } from './compare-history.ts';
import type { ActualEvent, RecordedEvent } from './event.ts';
import type { Bindings } from './placeholders.ts';

/** What follows the end of all branches. It names the last event of the branch that happened to end last. */
const JOINS = new Set([
  'MapStateSucceeded',
  'MapStateExited',
  'ParallelStateSucceeded',
  'ParallelStateExited',
]);
const FORKS = new Set(['MapStateStarted', 'ParallelStateStarted']);

interface Link {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
}

/** A history by its links: what came after what, whenever it happened. */
interface Tree<Event extends Link> {
  readonly event: Event;
  readonly next: Tree<Event>[];
  /** What comes after the end of every branch. */
  readonly joins: Tree<Event>[];
}

/**
 * Whether two histories are the same but for the order in which concurrent branches took their turns: the same links, each event
 * equal to its counterpart, ids rising along every branch. Only branches of Parallel states may change places: iterations of a
 * Map start in order. Ids in texts are followed.
 */
export function compareInterleaved(
  recorded: readonly RecordedEvent[],
  actual: readonly ActualEvent[],
  compare: CompareEvent,
  bindings: Bindings,
): boolean {
  if (recorded.length !== actual.length) return false;
  const left = treesOf(recorded.map((event) => ({ ...event, id: Number(event.id) })));
  const right = treesOf(actual);
  if (left === undefined || right === undefined) return false;
  if (!left.some(hasBranches)) return false;
  return matchInOrder(left, right, compare, bindings);
}

/** undefined where the links are no history: an id missing, an event before its predecessor, a join that names none of the ends. */
function treesOf<Event extends Link>(events: readonly Event[]): Tree<Event>[] | undefined {
  const nodes = new Map<number, Tree<Event>>();
  const forkOf = new Map<number, Tree<Event> | undefined>();
  const roots: Tree<Event>[] = [];
  for (const [index, event] of events.entries()) {
    const previous = nodes.get(event.previousEventId);
    if (event.id !== index + 1 || (previous === undefined && event.previousEventId !== 0)) return undefined;
    const node: Tree<Event> = { event, next: [], joins: [] };
    nodes.set(event.id, node);
    const fork = forkOf.get(event.previousEventId);
    if (JOINS.has(event.type) && fork !== undefined) {
      if (event.previousEventId !== lastEnd(fork, nodes)) return undefined;
      fork.joins.push(node);
      forkOf.set(event.id, event.type.endsWith('Exited') ? forkOf.get(fork.event.id) : fork);
      continue;
    }
    (previous?.next ?? roots).push(node);
    forkOf.set(event.id, FORKS.has(event.type) ? node : fork);
  }
  return roots;
}

/** The event that a join after these branches must name: the last of them; an iteration's end stands for what came before it. */
function lastEnd<Event extends Link>(fork: Tree<Event>, nodes: ReadonlyMap<number, Tree<Event>>): number {
  let last = fork.event;
  const open = [...fork.next];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.event.id > last.id) last = node.event;
    open.push(...node.next, ...node.joins);
  }
  return last.type === 'MapIterationSucceeded'
    ? (nodes.get(last.previousEventId)?.event.id ?? last.id)
    : last.id;
}

function hasBranches<Event extends Link>(root: Tree<Event>): boolean {
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (FORKS.has(node.event.type) && node.next.length > 1) return true;
    open.push(...node.next, ...node.joins);
  }
  return false;
}

function matchInOrder(
  recorded: readonly Tree<RecordedEvent & Link>[],
  actual: readonly Tree<ActualEvent>[],
  compare: CompareEvent,
  bindings: Bindings,
): boolean {
  return (
    recorded.length === actual.length &&
    recorded.every((tree, index) => {
      const other = actual[index];
      return other !== undefined && matchTree(tree, other, compare, bindings);
    })
  );
}

function matchTree(
  recorded: Tree<RecordedEvent & Link>,
  actual: Tree<ActualEvent>,
  compare: CompareEvent,
  bindings: Bindings,
): boolean {
  bindings.bindEvent(recorded.event.id, actual.event.id);
  if (compare(recorded.event, actual.event, '') !== undefined) return false;
  const match = recorded.event.type === 'ParallelStateStarted' ? matchInAnyOrder : matchInOrder;
  return (
    match(recorded.next, actual.next, compare, bindings) &&
    matchInOrder(recorded.joins, actual.joins, compare, bindings)
  );
}

function matchInAnyOrder(
  recorded: readonly Tree<RecordedEvent & Link>[],
  actual: readonly Tree<ActualEvent>[],
  compare: CompareEvent,
  bindings: Bindings,
): boolean {
  const [first, ...rest] = recorded;
  if (first === undefined) return actual.length === 0;
  return actual.some((candidate, index) => {
    const restore = bindings.save();
    if (
      matchTree(first, candidate, compare, bindings) &&
      matchInAnyOrder(rest, actual.toSpliced(index, 1), compare, bindings)
    ) {
      return true;
    }
    restore();
    return false;
  });
}
