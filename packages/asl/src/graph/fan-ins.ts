import type { Definition } from '../definition/read-definition.ts';
import type { Json } from '../json.ts';
import { PENDING } from '../stepping/pending.ts';
import { leaveFanOut } from '../stepping/stepping.ts';
import type { Stop } from '../stepping/stop.ts';
import { endsLine } from './edges.ts';
import type { FanIn, Futures } from './graph.ts';
import type { PlacedState } from './placed-states.ts';
import { sampleData } from './sample-data.ts';

/** How the lines of the Parallel or Map come together. `states` are all of the workflow. */
export async function fanInOf(
  definition: Definition,
  source: PlacedState,
  states: readonly PlacedState[],
): Promise<FanIn> {
  const inside = states.filter(({ line }) => line.outer === source);
  const ends = inside.filter(endsLine).map(({ id }) => id);
  const chain = statesBetween(source, states);
  const last = chain.at(-1);
  const aggregator = last?.state.fields.Type === 'Task' ? last : undefined;
  return {
    source: source.id,
    ends,
    aggregator: aggregator?.id,
    futures: await futuresOf(definition, source, chain),
  };
}

/** What a line comes through after the fan-out: Pass states, and the first state of another type. */
function statesBetween(source: PlacedState, states: readonly PlacedState[]): PlacedState[] {
  const chain: PlacedState[] = [];
  for (let at = stateAfter(source, states); at !== undefined; at = stateAfter(at, states)) {
    chain.push(at);
    if (at.state.fields.Type !== 'Pass') break;
  }
  return chain;
}

function stateAfter({ state, line }: PlacedState, states: readonly PlacedState[]): PlacedState | undefined {
  const next = 'Next' in state.fields ? state.fields.Next : undefined;
  const id = next === undefined ? undefined : line.idOf(next);
  return states.find((candidate) => candidate.id === id);
}

/** Of any type that an expression may ask for. */
const LEAVES: readonly Json[] = ['', 1, true, {}, []];
/** So many outputs, of which a Map may have any number. */
const SAMPLE_ITERATIONS = 3;

async function futuresOf(
  definition: Definition,
  source: PlacedState,
  chain: readonly PlacedState[],
): Promise<Futures> {
  const { fields, inner, name } = source.state;
  const last = chain.at(-1);
  if (last === undefined || (endsLine(last) && last.state.fields.Type !== 'Task')) {
    return waits(`the outputs of ${name} end its line`);
  }
  if (last.state.fields.Type !== 'Task') {
    return waits(`${last.state.name}, a ${last.state.fields.Type} state, comes before a task`);
  }
  for (const field of ['Retry', 'Catch'] as const) {
    if (field in fields)
      return waits(`${name} has ${field}: whether it succeeds is known when all lines have ended`);
  }
  const count = fields.Type === 'Map' ? SAMPLE_ITERATIONS : inner.length;
  const outputs = Array<typeof PENDING>(count).fill(PENDING);
  let reason = '';
  for (const leaf of LEAVES) {
    const { input, context, variables } = sampleData(
      [fields, ...chain.map(({ state }) => state.fields)],
      leaf,
    );
    const standing = { position: source.position, input, variables, retries: [] };
    const surroundings = {
      definition,
      context,
      clock: { now: () => 0 },
      randomness: { random: () => 0, uuid: () => '' },
    };
    const stop: Stop = await leaveFanOut(surroundings, standing, outputs);
    if (stop.kind === 'task' && stop.pending.length > 0) return { kind: 'held' };
    if (stop.kind === 'task') return waits(`${last.state.name} gets none of the outputs`);
    reason = stop.kind === 'needs-outputs' ? stop.reason : stop.kind;
  }
  return waits(reason);
}

function waits(reason: string): Futures {
  return { kind: 'waits', reason };
}
