import { isDrawable } from '../drawable.ts';
import type { DrawnChart } from '../drawn-chart.ts';
import { formatCount, formatNumber, formatQuantity, formatSeconds, plural } from '../format.ts';
import { framed, noDataFramed, noDataSentence, thinnedNote } from '../framed.ts';
import { axisTitle, linearScale, scaleFor } from '../scale.ts';
import { capitalise, paragraph } from '../sentence.ts';
import { MOST_POINTS, thinGroups } from '../thin.ts';
import { notDrawableNote } from './arm-values.ts';
import {
  type ArmLook,
  COLD,
  COLD_LOOK,
  colourBySeries,
  FAILED,
  FAILED_LOOK,
  looksOf,
  shapeBySeries,
} from './arms.ts';
import { countsOf } from './counts.ts';
import type { ChartHeading, Measure } from './heading.ts';

export interface TimelineRequest extends ChartHeading {
  readonly measure: Measure;
  /** In any order. */
  readonly samples: readonly TimelineSample[];
  /** One of what was measured: `image`, `request`. */
  readonly thing: string;
}

export interface TimelineSample {
  readonly arm: string;
  /** When it began: epoch milliseconds, or since any other moment that all samples share. */
  readonly startedAtMs: number;
  /** In the unit of the measure; null where there is none. */
  readonly value: number | null;
  readonly start: 'cold' | 'warm';
  readonly outcome: 'succeeded' | 'failed';
}

interface Point {
  readonly series: string;
  readonly seconds: number;
  readonly value: number;
}

interface ArmLine {
  readonly look: ArmLook;
  readonly warm: readonly Point[];
  readonly cold: readonly Point[];
  /** Those without a value lie on the lower edge. */
  readonly failed: readonly Point[];
}

const HEIGHT_PX = 300;

/** Every sample when it happened: drift, bursts, warm-up, and when the failures were. An interactive page can zoom into time. */
export const timelineChart = (request: TimelineRequest): DrawnChart => {
  const { id, title, measure, samples, thing, lines: given = [], remark = '' } = request;
  const usable = samples.filter(
    ({ startedAtMs, value }) => isDrawable(startedAtMs) && (value === null || isDrawable(value)),
  );
  const arms = armsOf(usable);
  const points = arms.flatMap(({ warm, cold, failed }) => [...warm, ...cold, ...failed]);
  const lastS = points.reduce((last, { seconds }) => Math.max(last, seconds), 0);
  const lines = [
    ...countsOf(
      arms.map(({ look, warm, cold, failed }) => ({
        label: look.label,
        warm: warm.length,
        cold: cold.length,
        failed: failed.length,
      })),
      { drawsFailed: true },
    ),
    ...notDrawableNote(samples.length - usable.length),
    ...given,
  ];
  const nothing = `no ${thing} has a time`;
  return {
    id,
    title,
    spec: points.length === 0 ? noDataFramed(title, lines, nothing) : specOf(measure, title, arms, lines),
    readingSentence:
      points.length === 0
        ? noDataSentence(nothing)
        : paragraph(
            `${capitalise(arms.map((arm) => spanOf(arm, thing)).join('; '))}; all within ${formatSeconds(lastS)}.`,
            remark,
            `Each point is one ${thing} at the moment it began. A level that rises or falls is drift; arms that lie side by side in time met the same conditions.`,
          ),
    altText: `Scatter plot of the ${measure.name} over time: ${
      arms.map((arm) => spanOf(arm, thing)).join('; ') || 'no data'
    }.`,
    table: {
      columns: [
        'arm',
        'warm',
        'cold',
        'failed',
        'first began (s)',
        'last began (s)',
        measure.unit === '' ? 'largest' : `largest (${measure.unit})`,
      ],
      rows: arms.map(({ look, warm, cold, failed }) => {
        const own = [...warm, ...cold, ...failed];
        const measured = [...warm, ...cold];
        const first = own.reduce((least, { seconds }) => Math.min(least, seconds), Number.POSITIVE_INFINITY);
        const last = own.reduce((most, { seconds }) => Math.max(most, seconds), 0);
        return [
          look.label,
          ...[warm, cold, failed].map(({ length }) => formatCount(length)),
          formatNumber(first),
          formatNumber(last),
          measured.length === 0
            ? '–'
            : formatNumber(
                measured.reduce((most, { value }) => Math.max(most, value), Number.NEGATIVE_INFINITY),
              ),
        ];
      }),
    },
  };

  function spanOf({ look, warm, cold, failed }: ArmLine, one: string): string {
    const largest = [...warm, ...cold].reduce(
      (most, { value }) => Math.max(most, value),
      Number.NEGATIVE_INFINITY,
    );
    return [
      `${look.label}: ${plural(warm.length, `warm ${one}`)}`,
      ...(cold.length > 0 ? [plural(cold.length, COLD)] : []),
      ...(failed.length > 0 ? [`${formatCount(failed.length)} ${FAILED}`] : []),
      ...(Number.isFinite(largest) ? [`at most ${formatQuantity(largest, measure.unit)}`] : []),
    ].join(', ');
  }
};

function armsOf(samples: readonly TimelineSample[]): readonly ArmLine[] {
  const startMs = samples.reduce(
    (first, { startedAtMs }) => Math.min(first, startedAtMs),
    Number.POSITIVE_INFINITY,
  );
  const byArm = Map.groupBy(samples, ({ arm }) => arm);
  const looks = looksOf([...byArm.keys()]);
  return [...byArm.values()].flatMap((own, index) => {
    const look = looks[index];
    if (look === undefined) return [];
    const points = (series: string, chosen: readonly TimelineSample[]): readonly Point[] =>
      chosen.map(({ startedAtMs, value }) => ({
        series,
        seconds: (startedAtMs - startMs) / 1_000,
        value: value ?? 0,
      }));
    const succeeded = own.filter(({ outcome, value }) => outcome === 'succeeded' && value !== null);
    return [
      {
        look,
        warm: points(
          look.label,
          succeeded.filter(({ start }) => start === 'warm'),
        ),
        cold: points(
          COLD,
          succeeded.filter(({ start }) => start === 'cold'),
        ),
        failed: points(
          FAILED,
          own.filter(({ outcome, value }) => outcome === 'failed' || value === null),
        ),
      },
    ];
  });
}

function specOf(measure: Measure, title: string, arms: readonly ArmLine[], lines: readonly string[]) {
  const groups = arms.flatMap(({ warm, cold, failed }) => [warm, cold, failed]);
  const total = groups.reduce((sum, { length }) => sum + length, 0);
  const points = thinGroups(
    groups.map((group) => group.toSorted((a, b) => a.value - b.value || a.seconds - b.seconds)),
    MOST_POINTS,
  ).flat();
  const measured = points.filter(({ series }) => series !== FAILED);
  const failures = points.filter(({ series }) => series === FAILED);
  const scale = measured.length === 0 ? linearScale([]) : scaleFor(measured.map(({ value }) => value));
  const looks = [
    ...arms.filter(({ warm }) => warm.length > 0).map(({ look }) => look),
    ...(arms.some(({ cold }) => cold.length > 0) ? [COLD_LOOK] : []),
    ...(failures.length > 0 ? [FAILED_LOOK] : []),
  ];
  const lastS = points.reduce((last, { seconds }) => Math.max(last, seconds), 0) || 1;
  const x = {
    field: 'seconds',
    type: 'quantitative' as const,
    // A little air on both sides: the first sample would lie on the axis.
    scale: { domain: [-0.02 * lastS, 1.02 * lastS], nice: false },
    axis: { title: 'time since the first began (s)' },
  };
  const mark = {
    type: 'point' as const,
    filled: true,
    clip: true,
    opacity: points.length > 500 ? 0.5 : 0.85,
    size: 52,
  };
  const looked = {
    color: colourBySeries(looks, { symbolOpacity: 1 }),
    shape: shapeBySeries(looks, { symbolOpacity: 1 }),
  };
  return framed(title, [...thinnedNote(points.length, total), ...lines], {
    heightPx: HEIGHT_PX,
    layer: [
      {
        // Wheel alone scrolls the page that the chart stands in.
        params: [
          {
            name: 'zoom',
            select: { type: 'interval', encodings: ['x'], zoom: 'wheel![event.ctrlKey || event.metaKey]' },
            bind: 'scales',
          },
        ],
        data: { values: measured },
        mark,
        encoding: {
          x,
          y: {
            field: 'value',
            type: 'quantitative',
            scale: { ...scale },
            axis: { title: axisTitle(measure.name, measure.unit, scale) },
          },
          ...looked,
        },
      },
      {
        data: { values: failures },
        mark: { ...mark, opacity: 1, size: 70 },
        encoding: { x, y: { value: HEIGHT_PX - 6 }, ...looked },
      },
    ],
  });
}
