import { randomUUID } from 'node:crypto';
import type { FunctionInvoker } from '../../../server/ports.ts';
import { readJson } from '../read-json.ts';
import type { Integration } from './integration.ts';
import { checkFunctionAnswer, invokeFailure } from './lambda-failure.ts';

/** A function's own ARN as the Resource: its input is the whole event, its output the whole answer. */
export function lambdaFunction(functions: FunctionInvoker): Integration {
  return {
    parameters: undefined,
    problems: () => [],
    run: async ({ resource, input }, signal) => {
      try {
        const answer = await functions.invoke(resource, JSON.stringify(input), signal);
        checkFunctionAnswer(answer, (payload) => payload);
        return readJson(answer.payload);
      } catch (error) {
        throw invokeFailure(error, randomUUID());
      }
    },
  };
}
