import { createHash } from 'node:crypto';
import { type Position, positionText } from '@skyground/asl';

/** The result, which is the tombstone. */
export const END_ITEM = 'end';

/** All objects of the runtime begin so: the scope of a policy. */
export const OBJECT_PREFIX = 'choreography/';

/** DynamoDB takes 1,024 bytes; a position may have many long names. */
const MAX_POSITION_BYTES = 900;

export function nodeItem(position: Position): string {
  return `node#${shortText(position)}`;
}

export function fanInItem(position: Position): string {
  return `fan-in#${shortText(position)}`;
}

/** The output of a line that no node's checkpoint holds. */
export function lineItem(position: Position, line: number): string {
  return `line#${shortText(position)}#${line}`;
}

export function objectPrefix(session: string): string {
  return `${OBJECT_PREFIX}${session}/`;
}

/** Named by what it holds: whoever writes the same writes the same object, and nobody another's. */
export function objectName(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function shortText(position: Position): string {
  const text = positionText(position);
  return Buffer.byteLength(text) <= MAX_POSITION_BYTES ? text : `#${objectName(text)}`;
}
