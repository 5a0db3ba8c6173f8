import {
  advance,
  type ExecutionResult,
  failState,
  type Json,
  leaveFanOut,
  leaveTask,
  type Position,
  parsePosition,
  positionText,
  type Standing,
  StatesError,
  type Stepping,
  type Stop,
  standingSchema,
} from '../../src/index.ts';

export type Functions = (functionName: string, event: Json) => Json;

/** The lines of a Parallel or Map that wait for each other. */
export interface Join {
  readonly standing: Standing;
  readonly outputs: Map<number, Json>;
  readonly lineCount: number;
  readonly around: Line | undefined;
  hasFailed: boolean;
}

interface Line {
  readonly join: Join;
  readonly index: number;
}

/** Whatever wants to look on: a line of a fan-out has come to its end. */
export type OnLineEnd = (join: Join) => Promise<void>;

/**
 * Runs a workflow by stepping alone: what can be done next is done in the order that `pick` gives, an index below the given count.
 * Everything that a line takes along travels as JSON.
 */
export async function stepThrough(
  stepping: Stepping,
  beginning: Standing,
  functions: Functions,
  pick: (count: number) => number,
  onLineEnd: OnLineEnd = async () => {},
): Promise<ExecutionResult> {
  const queue: { readonly line: Line | undefined; readonly work: () => Promise<Stop> }[] = [];
  /** Every task that was come to, by its position: a runtime keeps results under it. */
  const tasks = new Set<string>();
  let result: ExecutionResult | undefined;

  const follow = async (stop: Stop, line: Line | undefined): Promise<void> => {
    switch (stop.kind) {
      case 'task':
        if (stop.standing.retries.every((count) => count === 0)) comeTo(stop.standing.position);
        queue.push({ line, work: () => runTask(stop) });
        break;
      case 'retry':
        queue.push({ line, work: () => advance(stepping, travelled(stop.standing)) });
        break;
      case 'fan-out': {
        const join: Join = {
          standing: travelled(stop.standing),
          outputs: new Map(),
          lineCount: stop.lines.length,
          around: line,
          hasFailed: false,
        };
        for (const [index, standing] of stop.lines.entries()) {
          queue.push({ line: { join, index }, work: () => advance(stepping, travelled(standing)) });
        }
        break;
      }
      case 'line-end':
        if (line === undefined) result = { status: 'SUCCEEDED', output: stop.output };
        else await endLine(line, stop.output);
        break;
      case 'failed':
        if (line === undefined) result = { status: 'FAILED', error: stop.error, cause: stop.cause };
        else if (!line.join.hasFailed) {
          line.join.hasFailed = true;
          await follow(await failState(stepping, line.join.standing, stop), line.join.around);
        }
        break;
      case 'needs-outputs':
        throw new Error(`nothing was pending, got ${stop.reason}`);
    }
  };
  const comeTo = (position: Position) => {
    const text = positionText(position);
    if (tasks.has(text)) throw new Error(`two tasks stand at ${text}`);
    tasks.add(text);
  };
  const endLine = async ({ join, index }: Line, output: Json) => {
    join.outputs.set(index, output);
    await onLineEnd(join);
    if (join.outputs.size < join.lineCount) return;
    await follow(await leaveFanOut(stepping, join.standing, outputsOf(join)), join.around);
  };
  const runTask = async ({ standing, functionName, event }: Extract<Stop, { kind: 'task' }>) => {
    try {
      return await leaveTask(stepping, travelled(standing), functions(functionName, event));
    } catch (thrown) {
      if (!(thrown instanceof StatesError)) throw thrown;
      return failState(stepping, travelled(standing), { error: thrown.error, cause: thrown.causeText });
    }
  };

  await follow(await advance(stepping, beginning), undefined);
  while (result === undefined) {
    const [next] = queue.splice(pick(queue.length), 1);
    if (next === undefined) throw new Error('nothing is left to do, and the workflow has not ended');
    if (!isCutOff(next.line)) await follow(await next.work(), next.line);
  }
  return result;
}

function outputsOf({ outputs, lineCount }: Join): Json[] {
  return Array.from({ length: lineCount }, (_, index) => outputs.get(index) ?? null);
}

function isCutOff(line: Line | undefined): boolean {
  return line !== undefined && (line.join.hasFailed || isCutOff(line.join.around));
}

/** As it comes out at the other end of an event. */
function travelled(standing: Standing): Standing {
  const read = standingSchema.parse(JSON.parse(JSON.stringify(standing)));
  const position = parsePosition(positionText(read.position));
  if (position === undefined)
    throw new Error(`expected the text of a position, got ${positionText(read.position)}`);
  return { ...read, position };
}
