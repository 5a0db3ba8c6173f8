import { createHash } from 'node:crypto';
import { type Definition, type Position, positionText, type Randomness, type Stepping } from '@skyground/asl';

import type { Session } from './session.ts';

/**
 * What expressions read besides data. Time and chance are those of a moment that is kept: who repeats the step, because the one before
 * may not have come to its end, takes the same way and makes the same ids.
 */
export function steppingAt(
  definition: Definition,
  { session, startedAtMs }: Session,
  position: Position,
  atMs: number,
): Stepping {
  const StartTime = new Date(startedAtMs).toISOString();
  return {
    definition,
    context: { Execution: { Id: session, Name: session, StartTime }, StateMachine: { Id: 'choreography' } },
    clock: { now: () => atMs },
    randomness: seededRandomness(`${session}#${positionText(position)}#${atMs}`),
  };
}

function seededRandomness(seed: string): Randomness {
  let count = 0;
  const next = (): Buffer => {
    count += 1;
    return createHash('sha256').update(`${seed}#${count}`).digest();
  };
  return {
    random: () => next().readUIntBE(0, 6) / 2 ** 48,
    uuid: () => {
      const bytes = next();
      // Version 4, variant 1.
      bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
      bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
      const hex = bytes.toString('hex');
      return [
        hex.slice(0, 8),
        hex.slice(8, 12),
        hex.slice(12, 16),
        hex.slice(16, 20),
        hex.slice(20, 32),
      ].join('-');
    },
  };
}
