/** Where what came back differs from what AWS was recorded to do. */
export interface Difference {
  /** Such as `events[3].details.output.Payload`. */
  readonly path: string;
  readonly recorded: unknown;
  readonly actual: unknown;
}

const LONGEST_CHARACTERS = 160;

/** One line, long values cut. */
export function describeDifference({ path, recorded, actual }: Difference): string {
  return `${path}: recorded ${short(recorded)}, came ${short(actual)}`;
}

function short(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > LONGEST_CHARACTERS ? `${text.slice(0, LONGEST_CHARACTERS)}...` : text;
}
