import type { JsonObject } from '@skyground/asl';

import { chainPath, parallelPath, type Sweep } from './paths.ts';

/** An Express execution may last no longer on AWS; a Standard one of a sweep has no reason to. */
const TIMEOUT_S = 300;

/**
 * One machine for every point of a sweep: its first state follows `$.path` to a chain of N probes or to a Parallel of W probes.
 * Each task of a chain gets what the one before answered, so that the payload travels through every function; each branch of a
 * Parallel gets the execution's input (`sweepInput`).
 */
export function sweepDefinition({ lengths, widths }: Sweep): JsonObject {
  const chains = lengths.map((length) => ({ path: chainPath(length), ...chain(length) }));
  const parallels = widths.map((width) => ({ path: parallelPath(width), ...parallel(width) }));
  const paths = [...chains, ...parallels];
  return {
    Comment: 'A chain or a Parallel of probes, by $.path',
    StartAt: 'SelectPath',
    TimeoutSeconds: TIMEOUT_S,
    States: {
      SelectPath: {
        Type: 'Choice',
        Choices: paths.map(({ path, first }) => ({ Variable: '$.path', StringEquals: path, Next: first })),
        Default: 'UnknownPath',
      },
      UnknownPath: {
        Type: 'Fail',
        Error: 'UnknownPath',
        Cause: `expected $.path to be one of ${paths.map(({ path }) => path).join(', ')}; deploy again for others`,
      },
      ...Object.assign({}, ...paths.map(({ states }) => states)),
    },
  };
}

interface Path {
  readonly first: string;
  readonly states: JsonObject;
}

function chain(length: number): Path {
  const step = (number: number): string => `${chainPath(length)}-step-${number}`;
  const states = numbers(length).map((number): [string, JsonObject] => [
    step(number),
    {
      ...probeTask(String(number)),
      // Of lambda:invoke's answer the metadata is dropped: the next state's data is as large as the first one's.
      ResultSelector: {
        'last_step_time.$': '$.Payload.last_step_time',
        'work_ms.$': '$.Payload.work_ms',
        'payload.$': '$.Payload.payload',
      },
      ...(number < length ? { Next: step(number + 1) } : { End: true }),
    },
  ]);
  return { first: step(1), states: Object.fromEntries(states) };
}

function parallel(width: number): Path {
  const name = parallelPath(width);
  const branches = numbers(width).map((number): JsonObject => {
    const branch = `${name}-branch-${number}`;
    // The answers of all branches together count against the limit of the Parallel's data, so that each leaves only a time.
    const ResultSelector = { 'last_step_time.$': '$.Payload.last_step_time' };
    return {
      StartAt: branch,
      States: { [branch]: { ...probeTask(`P${number}`), ResultSelector, End: true } },
    };
  });
  return {
    first: name,
    states: { [name]: { Type: 'Parallel', Branches: branches, ResultPath: null, End: true } },
  };
}

function probeTask(stepName: string): JsonObject {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: filled in at deploy
      FunctionName: '${functions.probe}',
      Payload: {
        step_name: stepName,
        'last_step_time.$': '$.last_step_time',
        'work_ms.$': '$.work_ms',
        'payload.$': '$.payload',
      },
    },
  };
}

/** 1 to n. */
function numbers(n: number): readonly number[] {
  return Array.from({ length: n }, (_none, index) => index + 1);
}
