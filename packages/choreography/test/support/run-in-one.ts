import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import {
  type ExecutionResult,
  type Filled,
  type Json,
  noHistory,
  runMachine,
  StatesError,
} from '@skyground/asl';

import { FutureInput } from '../../src/fan-in/future-input.ts';
import type { Workflow } from '../../src/runtime.ts';
import { SESSION } from './simulated-cloud.ts';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Ids are made by chance, and differ from run to run. */
export function withoutIds<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value).replaceAll(UUID, 'id'));
}

/** The user's code: waits for all its inputs, gives what it was given, shortened, and fails as often as the event says. */
export async function work(event: Filled<FutureInput>, _context?: unknown): Promise<Json> {
  const whole = await resolved(event);
  const { attempt = 0, failures = 0, error = 'E', items = [] } = membersOf(whole);
  if (Number(attempt) < Number(failures)) throw failed(typeof error === 'string' ? error : 'E');
  const text = JSON.stringify(withoutIds(whole));
  const seen = text.length < 200 ? whole : createHash('sha256').update(text).digest('hex');
  return { fn: 'work', seen, items };
}

/** Without a stack, which would differ from run to run. */
function failed(name: string): Error {
  return Object.assign(new Error('by the function'), { name, stack: undefined });
}

async function resolved(value: Filled<FutureInput>): Promise<Json> {
  if (value instanceof FutureInput) return value.value();
  if (typeof value !== 'object' || value === null) return value;
  // Both kinds of containers hold the same kinds of values.
  const entries = Object.entries(value as Readonly<Record<string, Filled<FutureInput>>>);
  const members = await Promise.all(
    entries.map(async ([name, member]): Promise<[string, Json]> => [name, await resolved(member)]),
  );
  return Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members);
}

function membersOf(value: Json | undefined): Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json>>)
    : {};
}

/** The same workflow under the interpreter, in one process. */
export async function runInOne({ definition }: Workflow, input: Json): Promise<ExecutionResult> {
  let nowMs = 0;
  return runMachine({
    definition,
    input,
    context: { Execution: { Id: SESSION }, StateMachine: { Id: 'choreography' } },
    randomness: { random: () => 0.5, uuid: () => 'id' },
    tasks: {
      run: async (call) => {
        if (!call.resource.startsWith('arn:aws:states:')) return answer(call.input);
        const { Payload = {} } = membersOf(call.input);
        return { ExecutedVersion: '$LATEST', Payload: await answer(Payload), StatusCode: 200 };
      },
    },
    clock: {
      now: () => nowMs,
      sleep: async (durationMs, signal) => {
        await setImmediate();
        await setImmediate();
        signal.throwIfAborted();
        nowMs += durationMs;
      },
    },
    history: noHistory,
    roleArn: 'role',
    region: 'us-east-1',
    signal: new AbortController().signal,
  });
}

async function answer(event: Json): Promise<Json> {
  try {
    return await work(event);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const document = { errorType: error.name, errorMessage: error.message, trace: [''] };
    throw new StatesError(error.name, JSON.stringify(document));
  }
}
