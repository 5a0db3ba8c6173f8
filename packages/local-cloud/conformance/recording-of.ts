import type { Recording } from './compare/compare-case.ts';
import type { RecordedCase } from './recorded-case.ts';

/** What the comparison needs of a case. */
export function recordingOf({ masks, output_masked, other_machines, expected }: RecordedCase): Recording {
  return {
    masks,
    isOutputMasked: output_masked,
    hasOtherMachines: other_machines.length > 0,
    expected,
  };
}
