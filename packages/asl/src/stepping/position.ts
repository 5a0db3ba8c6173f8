import * as z from 'zod';

/** A state in its line; `attempt` only where Retry runs a Parallel or Map again, so that nothing of both attempts has one name. */
export type StateStep = string | { readonly state: string; readonly attempt: number };

/** From the top: a state; inside a Parallel or Map the index of the line, and the state in it; and so on. It ends with a state. */
export type Position = readonly (StateStep | number)[];

const stateStep = z.union([z.string(), z.strictObject({ state: z.string(), attempt: z.int().min(1) })]);

/** A position that came from outside. Whether a workflow has a state there is asked when it is used. */
export const positionSchema: z.ZodType<Position> = z
  .array(z.union([stateStep, z.int().min(0)]))
  .refine(
    (steps) =>
      steps.length % 2 === 1 && steps.every((step, at) => (typeof step === 'number') === (at % 2 === 1)),
    'expected the name of a state, then in turn the index of a line and the name of a state',
  );

export function stateNameOf(step: StateStep): string {
  return typeof step === 'string' ? step : step.state;
}

/** What a text form cannot hold as it is: its own signs, what people's tools read as lines, halves of a surrogate pair. */
const ESCAPED = /[%/:#\p{Cc}\p{Cs}\u2028\u2029]/gu;

/**
 * One text for each position, fit for the key of a table: `Load`, `Fan/0/Thumbnail`, `Fan:1/0/Thumbnail` in the second attempt of
 * Fan. `%002f` and the like stand for signs of the text form in names; `#` never occurs, so that callers may join texts with it.
 */
export function positionText(position: Position): string {
  return position
    .map((step) => {
      if (typeof step === 'number') return String(step);
      const name = stateNameOf(step).replaceAll(ESCAPED, escaped);
      return typeof step === 'string' ? name : `${name}:${step.attempt}`;
    })
    .join('/');
}

function escaped(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The position that positionText has written so; undefined for any other text. */
export function parsePosition(text: string): Position | undefined {
  const steps = text.split('/').map((part, at) => (at % 2 === 1 ? Number(part) : parseStateStep(part)));
  const position = positionSchema.safeParse(steps).data;
  return position !== undefined && positionText(position) === text ? position : undefined;
}

function parseStateStep(part: string): StateStep {
  const [written = '', attempt] = part.split(':');
  const state = written.replaceAll(/%([0-9a-f]{4})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return attempt === undefined ? state : { state, attempt: Number(attempt) };
}
