import { invalidParameter } from './errors.ts';

/**
 * A place in the order of events (timestamp, then arrival): events at or after it lie forward, those before it backward.
 * In tokens and event ids it has 56 digits, as on AWS: sorted as text it is sorted in time.
 */
export interface Position {
  readonly timestampMs: number;
  readonly id: number;
}

const TIMESTAMP_DIGITS = 20;
const ID_DIGITS = 36;

export function after(position: Position): Position {
  return { ...position, id: position.id + 1 };
}

export function digits({ timestampMs, id }: Position): string {
  return String(timestampMs).padStart(TIMESTAMP_DIGITS, '0') + String(id).padStart(ID_DIGITS, '0');
}

/** Which way a token of GetLogEvents reads on from its position. */
export type Direction = 'f' | 'b';

export function directionToken(direction: Direction, position: Position): string {
  return `${direction}/${digits(position)}/s`;
}

export function parseDirectionToken(token: string): {
  readonly direction: Direction;
  readonly position: Position;
} {
  const [, direction, position = ''] = /^([fb])\/(\d{56})\/s$/.exec(token) ?? [];
  if (direction !== 'f' && direction !== 'b') throw invalidToken();
  return { direction, position: parseDigits(position) };
}

/** FilterLogEvents reads only forward, its token is the bare position. */
export function parseFilterToken(token: string): Position {
  if (!/^\d{56}$/.test(token)) throw invalidToken();
  return parseDigits(token);
}

function parseDigits(text: string): Position {
  const position = {
    timestampMs: Number(text.slice(0, TIMESTAMP_DIGITS)),
    id: Number(text.slice(TIMESTAMP_DIGITS)),
  };
  if (!Number.isSafeInteger(position.timestampMs) || !Number.isSafeInteger(position.id)) throw invalidToken();
  return position;
}

export function invalidToken(): Error {
  return invalidParameter('The specified nextToken is invalid.');
}
