import type { Recording } from './compare/compare-case.ts';
import type { RecordedCase } from './recorded-case.ts';

/** What the comparison needs of a case. */
export function recordingOf({
  masks,
  output_masked,
  other_machines,
  recorded,
  expected,
}: RecordedCase): Recording {
  return {
    masks,
    isOutputMasked: output_masked,
    hasOtherMachines: other_machines.length > 0,
    recordedOn: isoDate(recorded),
    expected,
  };
}

/** `24-10-2023, 17:18:16` as `2023-10-24`. */
function isoDate(recorded: string): string | undefined {
  return /^\d\d-\d\d-\d{4}/.exec(recorded)?.[0].split('-').toReversed().join('-');
}
