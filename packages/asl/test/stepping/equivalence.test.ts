import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  beginningOf,
  type Definition,
  type FanIn,
  fillPending,
  type Json,
  leaveFanOut,
  leaveTask,
  nodeIdOf,
  noHistory,
  PENDING,
  runMachine,
  StatesError,
  type Stepping,
  type Stop,
  workflowGraph,
} from '../../src/index.ts';
import { JumpingClock } from '../support/jumping-clock.ts';
import { FUNCTION_ARN, RandomWorkflow } from '../support/random-workflow.ts';
import { readDefinition } from '../support/run-workflow.ts';
import { type Join, stepThrough } from '../support/step-through.ts';

const RUNS = 80;
const INPUT = { items: [1, 'two', { three: 3 }], a: 5 };

/** Gives what it was given, shortened so that no data grows for ever; fails as often as the event says. */
function work(functionName: string, event: Json): Json {
  const { attempt = 0, failures = 0, error = 'E', items = [] } = asMembers(event);
  if (Number(attempt) < Number(failures)) throw new StatesError(textOf(error), 'by the function');
  const text = JSON.stringify(event);
  const seen = text.length < 200 ? event : createHash('sha256').update(text).digest('hex');
  return { fn: functionName.replace(FUNCTION_ARN, ''), seen, items };
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function asMembers(value: Json): Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json>>)
    : {};
}

const randomness = { random: () => 0.5, uuid: () => 'the uuid' };
const context = { Execution: { Id: 'run' }, StateMachine: { Id: 'machine' } };

function runWhole(definition: Definition) {
  return runMachine({
    definition,
    input: INPUT,
    context,
    randomness,
    tasks: {
      run: async ({ resource, input }) => {
        if (resource.startsWith(FUNCTION_ARN)) return work(resource, input);
        const { FunctionName, Payload = {} } = asMembers(input);
        return {
          ExecutedVersion: '$LATEST',
          Payload: work(textOf(FunctionName ?? ''), Payload),
          StatusCode: 200,
        };
      },
    },
    clock: new JumpingClock(),
    history: noHistory,
    roleArn: 'role',
    region: 'us-east-1',
    signal: new AbortController().signal,
  });
}

/** As FUTURE_BASED fan-in does: leaves a fan-out when its first line has ended, and again when all have, and compares. */
class EarlyFanIns {
  readonly #stepping: Stepping;
  readonly #fanIns: readonly FanIn[];
  readonly #early = new Map<Join, Stop>();

  constructor(stepping: Stepping, fanIns: readonly FanIn[]) {
    this.#stepping = stepping;
    this.#fanIns = fanIns;
  }

  async onLineEnd(join: Join): Promise<void> {
    const outputs = Array.from({ length: join.lineCount }, (_, line) => join.outputs.get(line) ?? PENDING);
    const stop = await leaveFanOut(this.#stepping, join.standing, outputs);
    if (join.outputs.size === 1) this.#early.set(join, stop);
    if (join.outputs.size < join.lineCount || join.lineCount === 1) return;
    const early = this.#early.get(join);
    if (early === undefined) throw new Error('a line ended, and none ended first');
    await this.#compare(early, stop, join);
  }

  async #compare(early: Stop, late: Stop, join: Join): Promise<void> {
    const source = nodeIdOf(this.#stepping.definition, join.standing.position);
    const futures = this.#fanIns.find((fanIn) => fanIn.source === source)?.futures;
    if (futures?.kind === 'held' && late.kind === 'task') {
      counts.held += 1;
      expect(early.kind).toBe('task');
    }
    if (early.kind === 'needs-outputs') return;
    expect(complete(early, join)).toEqual(late);
    if (early.kind !== 'task' || late.kind !== 'task') return;
    const answer = { answer: 1, items: [] };
    const left = await leaveTask(this.#stepping, early.standing, answer);
    if (left.kind === 'needs-outputs') return;
    expect(complete(left, join)).toEqual(await leaveTask(this.#stepping, late.standing, answer));
  }
}

/** The stop with the outputs that are there now. */
function complete(stop: Stop, { outputs }: Join): Stop {
  if (stop.kind !== 'task') return stop;
  const outputOf = (line: number): Json => outputs.get(line) ?? null;
  const { pending = [], ...standing } = stop.standing;
  return {
    ...stop,
    standing: { ...standing, input: fillPending(standing.input, pending, outputOf) },
    event: fillPending(stop.event, stop.pending, outputOf),
    pending: [],
  };
}

const counts = { SUCCEEDED: 0, FAILED: 0, held: 0 };

test('stepping in any order ends as runMachine does, and what is placed early is what comes late', async () => {
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (draw) => {
      const definition = readDefinition(new RandomWorkflow(draw).definition());
      const graphed = await workflowGraph(definition);
      if (graphed.kind === 'refused') throw new Error(JSON.stringify(graphed.diagnostics));
      const stepping: Stepping = { definition, context, randomness, clock: { now: () => 0 } };
      const pick = (count: number) => draw(fc.nat, { max: Math.max(count - 1, 0) });
      const fanIns = new EarlyFanIns(stepping, graphed.graph.fanIns);
      const stepped = await stepThrough(stepping, beginningOf(definition, INPUT), work, pick, (join) =>
        fanIns.onLineEnd(join),
      );
      if (stepped.status === 'SUCCEEDED' || stepped.status === 'FAILED') counts[stepped.status] += 1;
      expect(stepped).toEqual(await runWhole(definition));
    }),
    { numRuns: RUNS },
  );
  // What this proves it must have met.
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(0);
});
