import { drawable } from '../drawable.ts';
import { type ArmLook, looksOf, uniqueLabels } from './arms.ts';
import { type BarFigure, type DrawnFigure, drawnFigure } from './bar-figures.ts';
import type { ChartHeading, Measure } from './heading.ts';

export interface GroupedBarsRequest extends ChartHeading {
  readonly measure: Measure;
  /** What of the measure a bar shows: `median`. */
  readonly statistic: string;
  /** From top to bottom: `cold` and `warm`, or one a function. */
  readonly groups: readonly {
    readonly label: string;
    /** An arm has one colour in all groups, and at most one bar in each. */
    readonly bars: readonly {
      readonly arm: string;
      readonly figure: BarFigure;
      /** What the figure was made of: drawn as points, so that the spread is seen. */
      readonly values?: readonly number[];
    }[];
  }[];
}

export interface GroupedBar extends DrawnFigure {
  readonly look: ArmLook;
  /** From the top of its group. */
  readonly place: number;
  /** Ascending. */
  readonly values: readonly number[];
}

export interface BarGroup {
  readonly label: string;
  readonly bars: readonly GroupedBar[];
}

export function barGroupsOf({ groups }: GroupedBarsRequest): {
  readonly groups: readonly BarGroup[];
  readonly looks: readonly ArmLook[];
  readonly notDrawable: number;
} {
  const arms = [...new Set(groups.flatMap(({ bars }) => bars.map(({ arm }) => arm)))];
  const looks = looksOf(arms);
  const labels = uniqueLabels(
    groups.map(({ label }) => label),
    [],
  );
  let notDrawable = 0;
  const drawn = groups.map(({ bars }, index): BarGroup => {
    const byArm = new Map(bars.map((bar) => [bar.arm, bar]));
    return {
      label: labels[index] ?? '',
      bars: arms.flatMap((arm, place) => {
        const [bar, look] = [byArm.get(arm), looks[place]];
        if (bar === undefined || look === undefined) return [];
        const given = bar.values ?? [];
        const values = drawable(given).toSorted((a, b) => a - b);
        const figure = drawnFigure(bar.figure);
        notDrawable += given.length - values.length;
        if (typeof bar.figure === 'number' && figure.value === null) notDrawable += 1;
        return [{ look, place, values, ...figure }];
      }),
    };
  });
  return { groups: drawn, looks, notDrawable };
}
