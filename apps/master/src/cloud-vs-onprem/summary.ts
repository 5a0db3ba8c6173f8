import type { RatioResult } from '@skyground/statistics';
import { ratioOf } from '../comparison/ratio.ts';
import { type BreakEven, breakEvenOf } from './break-even.ts';
import type { Parameters } from './parameters.ts';
import { comparisonOf, type Sample } from './sample.ts';
import { figuresOf, type SideFigures, variationRatio } from './stability.ts';
import { type SideScaling, scalingOf } from './throughput.ts';

export interface Summary {
  readonly targetLabel: string;
  readonly onPrem: SideFigures;
  readonly cloud: SideFigures;
  /** Cloud time over on-prem time, image by image; above 1 on-prem is faster. */
  readonly ratio: RatioResult;
  /** Cloud's variation over on-prem's, image by image; above 1 on-prem is steadier. */
  readonly variationRatio: RatioResult;
  /** null where no sweep was made. */
  readonly scaling: { readonly onPrem: SideScaling; readonly cloud: SideScaling } | null;
  readonly breakEven: BreakEven;
  /** Cloud rows, warm-up and sweep among them, of which no REPORT line says what they were billed. */
  readonly notBilled: number;
}

/** Equal samples give equal intervals. */
const seed = 1;

export function summarise(samples: readonly Sample[], { onPremCost }: Parameters): Summary {
  const onPrem = comparisonOf(samples, 'on_prem');
  const cloud = comparisonOf(samples, 'cloud');
  const scaling = { onPrem: scalingOf(samples, 'on_prem'), cloud: scalingOf(samples, 'cloud') };
  return {
    targetLabel: samples[0]?.targetLabel ?? 'cloud',
    onPrem: figuresOf(onPrem),
    cloud: figuresOf(cloud),
    ratio: ratioOf(onPrem, cloud, seed),
    variationRatio: variationRatio(onPrem, cloud, seed),
    scaling:
      scaling.onPrem === null || scaling.cloud === null
        ? null
        : { onPrem: scaling.onPrem, cloud: scaling.cloud },
    breakEven: breakEvenOf(samples, onPremCost),
    notBilled: samples.filter(({ source, billedMs }) => source === 'cloud' && billedMs === null).length,
  };
}
