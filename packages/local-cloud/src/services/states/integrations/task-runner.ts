import { StatesError, type TaskRunner } from '@skyground/asl';
import type { Integrations } from './integrations.ts';

/** Runs Task states by their Resource. */
export function taskRunner(known: Integrations): TaskRunner {
  return {
    problems: (resource, input) => {
      const integration = known.find(resource);
      return integration instanceof Promise
        ? integration.then((found) => found?.problems(input) ?? [])
        : (integration?.problems(input) ?? []);
    },

    run: async (call, signal) => {
      const integration = await known.find(call.resource);
      if (integration === undefined) {
        // Refused when the machine was created, unless an older cloud took it.
        throw new StatesError(
          'States.Runtime',
          `The resource ${call.resource} is not implemented by Skyground's embedded cloud.`,
        );
      }
      return integration.run(call, signal);
    },
  };
}
