import { type Summary, summarise } from '@skyground/statistics';
import { drawable } from '../drawable.ts';
import { type ArmLook, looksOf } from './arms.ts';
import { type Bins, countsIn, FEWEST_FOR_BINS } from './bins.ts';
import type { ChartHeading, Measure } from './heading.ts';

export interface HistogramRequest extends ChartHeading {
  readonly measure: Measure;
  /** One of what was measured: `image`, `request`. */
  readonly thing: string;
  /** Below each other on one axis, in bins that they share. */
  readonly groups: readonly { readonly arm: string; readonly values: readonly number[] }[];
}

export interface BinnedGroup {
  readonly look: ArmLook;
  /** Ascending. */
  readonly values: readonly number[];
  readonly notDrawable: number;
  readonly figures: Summary | undefined;
  /** undefined where there are too few values for bins. */
  readonly counted: { readonly counts: readonly number[]; readonly beyond: number } | undefined;
}

export function groupsOf(groups: HistogramRequest['groups'], bins: Bins): readonly BinnedGroup[] {
  const looks = looksOf(groups.map(({ arm }) => arm));
  return groups.flatMap(({ values: given }, index) => {
    const look = looks[index];
    if (look === undefined) return [];
    const values = drawable(given).toSorted((a, b) => a - b);
    const figures = summarise(values);
    return [
      {
        look,
        values,
        notDrawable: given.length - values.length,
        figures: figures.kind === 'summary' ? figures : undefined,
        counted: values.length < FEWEST_FOR_BINS ? undefined : countsIn(bins, values),
      },
    ];
  });
}
