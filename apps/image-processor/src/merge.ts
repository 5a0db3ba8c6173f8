import type { ImageRecord } from '@skyground/metrics';

import { ImageProcessorError } from './errors.ts';
import { parseInputKey } from './keys.ts';
import { type Part, recordOfPart } from './part.ts';

/**
 * One row per image and repetition of one run, by repetition and then name. Parts of other runs and of warm-ups are left out.
 * Where one key was uploaded more than once, the latest upload's row counts. Order and number of the parts given do not matter.
 *
 * @throws ImageProcessorError for a part whose row is not about the key that it names.
 */
export function mergeParts(parts: readonly Part[], runId: string): readonly ImageRecord[] {
  const latest = new Map<string, Part>();
  for (const part of parts) {
    const input = parseInputKey(part.key);
    if (input?.kind !== 'input' || input.runId !== runId) continue;
    if (part.runId !== runId || part.image !== input.image || part.repetition !== input.repetition) {
      throw new ImageProcessorError(
        `Part of ${part.key}: expected a row about ${input.image}, repetition ${input.repetition} of ${runId}, ` +
          `received one about ${part.image}, repetition ${part.repetition} of ${part.runId}.`,
      );
    }
    const known = latest.get(part.key);
    if (known === undefined || compareSequencers(known.sequencer, part.sequencer) < 0)
      latest.set(part.key, part);
  }
  return [...latest.values()]
    .map(recordOfPart)
    .sort((a, b) => a.repetition - b.repetition || (a.image < b.image ? -1 : a.image > b.image ? 1 : 0));
}

/** As S3 documents it: the shorter one is filled with zeros on the right, then they compare as text. */
function compareSequencers(a: string, b: string): number {
  const length = Math.max(a.length, b.length);
  const [left, right] = [a, b].map((text) => text.toUpperCase().padEnd(length, '0'));
  if (left === undefined || right === undefined || left === right) return 0;
  return left < right ? -1 : 1;
}
