import type { States } from './states-fixture.ts';

export const INVOKE = 'arn:aws:states:::lambda:invoke';

/** A machine of one task. */
export const call = (Resource: string, Parameters?: object) => ({
  Call: { Type: 'Task', Resource, ...(Parameters && { Parameters }), End: true },
});

/** What the execution ended with, and the last Task event before. */
export async function outcome(states: States, machine: Record<string, unknown>, input: unknown = {}) {
  const {
    executionArn = '',
    output,
    status,
    error,
    cause,
  } = await states.run(await states.create(machine), input);
  return {
    status,
    error,
    cause,
    output: output === undefined ? undefined : JSON.parse(output),
    events: await states.history(executionArn),
  };
}
