import { formatNumber } from '@skyground/charts';
import type { LineResult } from '@skyground/statistics';

/** `3.10 (2.90 to 3.30), R² 0.98`, or why there is none. */
export function lineText(line: LineResult): string {
  switch (line.kind) {
    case 'line': {
      const { estimate, low, high } = line.slope;
      return `${formatNumber(estimate)} (${formatNumber(low)} to ${formatNumber(high)}), R² ${line.r2.toFixed(2)}`;
    }
    case 'too few':
      return `too few: ${line.n} of ${line.needed}`;
    case 'one x':
      return 'one step only';
  }
}
