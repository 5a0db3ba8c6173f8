import type { RatioResult } from '@skyground/statistics';

interface HeadlineInput {
  readonly ratio: RatioResult;
  readonly valid: boolean;
  readonly targetLabel: string;
}

/** The verdict in one sentence. Names a winner only where the interval leaves 1 out, and none where the comparison is not valid. */
export function headlineOf({ ratio, valid, targetLabel }: HeadlineInput): string {
  if (ratio.kind === 'too few') {
    return `No verdict: ${Math.min(...ratio.n)} images were compared on both sides, and an interval needs ${ratio.needed}.`;
  }
  if (ratio.kind === 'not positive')
    return 'No verdict: some processing times are zero, which no clock can have measured.';
  const n = `n = ${ratio.n[0]} images`;
  const confidence = `${Math.round(ratio.confidence * 100)} % interval`;
  const verdict = () => {
    if (ratio.low <= 1 && ratio.high >= 1) {
      return `No difference shown in processing time: ${targetLabel} takes ${times(ratio.ratio)} the on-prem time (${confidence} ${range(ratio.low, ratio.high)}, ${n}).`;
    }
    if (ratio.ratio > 1) {
      return `on-prem processes an image ${times(ratio.ratio)} faster than ${targetLabel} (${confidence} ${range(ratio.low, ratio.high)}, ${n}).`;
    }
    return `${targetLabel} processes an image ${times(1 / ratio.ratio)} faster than on-prem (${confidence} ${range(1 / ratio.high, 1 / ratio.low)}, ${n}).`;
  };
  return valid
    ? verdict()
    : `Not a valid comparison (see the findings). What the rows say all the same: ${verdict()}`;
}

function times(ratio: number): string {
  return `${ratio.toFixed(2)}x`;
}

function range(low: number, high: number): string {
  return `${low.toFixed(2)} to ${high.toFixed(2)}`;
}
