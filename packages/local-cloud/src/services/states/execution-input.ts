import { invalidExecutionInput } from './errors.ts';
import type { ExecutionInput } from './executions.ts';
import { parseJson } from './read-json.ts';

/** What an execution is started with; an empty object if nothing was sent. Throws InvalidExecutionInput for what is not JSON. */
export function readExecutionInput(text = '{}'): ExecutionInput {
  try {
    return { text, value: parseJson(text) };
  } catch (error) {
    throw invalidExecutionInput(complaint(text), error);
  }
}

/** In the words of AWS's parser, for the mistakes that were recorded. */
function complaint(text: string): string {
  const [, word] = /^\s*([A-Za-z_]\w*)/.exec(text) ?? [];
  if (word !== undefined && !['true', 'false', 'null'].includes(word)) {
    return `Unrecognized token '${word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`;
  }
  const [, character] = /^\s*\{\s*([^"}\s])/.exec(text) ?? [];
  if (character !== undefined) {
    return `Unexpected character ('${character}' (code ${character.charCodeAt(0)})): was expecting double-quote to start field name`;
  }
  return 'Invalid execution input.';
}
