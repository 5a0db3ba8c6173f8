import {
  type Clock,
  type Definition,
  type ExecutionResult,
  type HistoryEvent,
  type Json,
  parseDefinition,
  runMachine,
  type TaskRunner,
} from '../../src/index.ts';
import { JumpingClock } from './jumping-clock.ts';

export type RecordedEvent = HistoryEvent & { readonly id: number; readonly previousEventId: number };

export function readDefinition(definition: object): Definition {
  const parsed = parseDefinition(JSON.stringify(definition));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.definition;
}

const noTasks: TaskRunner = {
  run: () => Promise.reject(new Error('this workflow was not to run a task')),
};

/** Runs a workflow to its end in no time, and tells what went into history. */
export async function runWorkflow(
  definition: object,
  options: {
    readonly input?: Json;
    readonly tasks?: TaskRunner;
    readonly clock?: Clock;
    readonly signal?: AbortSignal;
    readonly random?: () => number;
  } = {},
): Promise<{ readonly result: ExecutionResult; readonly events: readonly RecordedEvent[] }> {
  const { input = {}, tasks = noTasks, clock = new JumpingClock() } = options;
  const events: RecordedEvent[] = [];
  const result = await runMachine({
    definition: readDefinition(definition),
    input,
    context: {
      Execution: {
        Id: 'arn:aws:states:us-east-1:111111111111:execution:machine:run',
        Input: input,
        StartTime: new Date(clock.now()).toISOString(),
        Name: 'run',
        RoleArn: 'role',
        RedriveCount: 0,
      },
      StateMachine: { Id: 'arn:aws:states:us-east-1:111111111111:stateMachine:machine', Name: 'machine' },
    },
    tasks,
    clock,
    randomness: { random: options.random ?? Math.random, uuid: () => crypto.randomUUID() },
    history: {
      record: (previousEventId, event) => events.push({ id: events.length + 1, previousEventId, ...event }),
    },
    roleArn: 'role',
    region: 'us-east-1',
    signal: options.signal ?? new AbortController().signal,
  });
  return { result, events };
}
