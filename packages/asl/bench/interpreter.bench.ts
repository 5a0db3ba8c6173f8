// What the interpreter costs a state, without tasks and without waiting: chains of 1,000 Pass states and loops of up to 25,000
// events. The floor, measured in the same rounds, is writing the input and the output of every state as JSON once.
//   node bench/interpreter.bench.ts
import { loadavg } from 'node:os';
import {
  type Definition,
  type HistoryEvent,
  type HistoryRecorder,
  type Json,
  noHistory,
  parseDefinition,
  runMachine,
} from '../src/index.ts';

const STATES = 1000;
const ROUNDS = 21;
const INPUT: Json = {
  order: { id: 'o-1', lines: [1, 2, 3].map((line) => ({ line, amount: 9.5 })), note: 'x'.repeat(100) },
};

const chains: readonly (readonly [string, Definition])[] = [
  ['Pass', chain({ Type: 'Pass' })],
  [
    'Pass with Parameters and ResultPath',
    chain({ Type: 'Pass', Parameters: { 'id.$': '$.order.id', n: 1 }, ResultPath: '$.last' }),
  ],
  ['Pass with Assign', chain({ Type: 'Pass', Assign: { 'id.$': '$.order.id' } })],
  [
    'Pass in JSONata with Output',
    chain({ Type: 'Pass', QueryLanguage: 'JSONata', Output: { order: '{% $states.input.order %}' } }),
  ],
];

console.log(
  `${ROUNDS} rounds, median (least - most), µs a state; load average ${loadavg()[0]?.toFixed(2)}; Node ${process.version}\n`,
);
for (const [name, definition] of chains) {
  await report(`${STATES} x ${name}`, STATES, definition, INPUT);
}
for (const loops of [1250, 2500, 5000]) {
  await report(`loop of ${loops * 5} events`, loops * 2, loop(), { left: loops });
}

async function report(name: string, states: number, definition: Definition, input: Json): Promise<void> {
  const measured = { floor: [] as number[], without: [] as number[], with: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    measured.floor.push(timed(() => writeFloor(states, input)) / states);
    measured.without.push((await timedRun(definition, input, noHistory)) / states);
    measured.with.push((await timedRun(definition, input, keepHistory())) / states);
  }
  console.log(name);
  console.log(`  floor: JSON of input and output  ${spread(measured.floor)}`);
  console.log(`  without history                  ${spread(measured.without)}`);
  console.log(`  with history                     ${spread(measured.with)}`);
}

async function timedRun(definition: Definition, input: Json, history: HistoryRecorder): Promise<number> {
  const startedAt = performance.now();
  const result = await runMachine({
    definition,
    // A value of its own: texts are kept by value.
    input: structuredClone(input),
    context: { Execution: { Id: 'bench' }, StateMachine: { Id: 'bench' } },
    tasks: { run: () => Promise.reject(new Error('there is no task')) },
    clock: { now: () => Date.now(), sleep: () => new Promise((resolve) => setImmediate(resolve)) },
    randomness: { random: Math.random, uuid: () => crypto.randomUUID() },
    history,
    roleArn: 'bench',
    region: 'local',
    signal: new AbortController().signal,
  });
  const durationUs = (performance.now() - startedAt) * 1000;
  if (result.status !== 'SUCCEEDED') throw new Error(`expected SUCCEEDED, got ${JSON.stringify(result)}`);
  return durationUs;
}

function writeFloor(states: number, input: Json): number {
  let length = 0;
  for (let state = 0; state < states * 2; state += 1) length += JSON.stringify(input).length;
  return length;
}

function timed(work: () => number): number {
  const startedAt = performance.now();
  if (work() === 0) throw new Error('nothing was written');
  return (performance.now() - startedAt) * 1000;
}

function keepHistory(): HistoryRecorder {
  const events: (HistoryEvent & { readonly previousEventId: number })[] = [];
  return { record: (previousEventId, event) => events.push({ previousEventId, ...event }) };
}

function chain(state: object): Definition {
  const states = Array.from({ length: STATES }, (_, index) => [
    `S${index}`,
    { ...state, ...(index === STATES - 1 ? { End: true } : { Next: `S${index + 1}` }) },
  ]);
  return read({ StartAt: 'S0', States: Object.fromEntries(states) });
}

function loop(): Definition {
  return read({
    StartAt: 'Check',
    States: {
      Check: {
        Type: 'Choice',
        Choices: [{ Variable: '$.left', NumericEquals: 0, Next: 'Done' }],
        Default: 'Count',
      },
      Count: { Type: 'Pass', Parameters: { 'left.$': 'States.MathAdd($.left, -1)' }, Next: 'Check' },
      Done: { Type: 'Succeed' },
    },
  });
}

function read(definition: object): Definition {
  const parsed = parseDefinition(JSON.stringify(definition));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.definition;
}

function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const [median, least, most] = [sorted[sorted.length >> 1], sorted[0], sorted.at(-1)];
  return `${median?.toFixed(2)} (${least?.toFixed(2)} - ${most?.toFixed(2)})`;
}
