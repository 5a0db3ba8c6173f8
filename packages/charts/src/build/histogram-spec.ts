import type { TopLevelSpec } from 'vega-lite';
import { formatChosen, formatCount, formatQuantity, pictureText, plural } from '../format.ts';
import { framedPanels, type Layers } from '../framed.ts';
import { axisTitle, linearScale } from '../scale.ts';
import { INK, OUTLINED } from '../theme.ts';
import { notDrawableNote } from './arm-values.ts';
import { type Bins, FEWEST_FOR_BINS } from './bins.ts';
import type { BinnedGroup, HistogramRequest } from './histogram-groups.ts';

const ALL_PANELS_PX = 440;
const PANEL_PX = { tallest: 280, lowest: 110 } as const;
/** Every value as a tick at the foot of the bars, while they are few enough to be told apart. */
const MOST_TICKS = 200;
/** Shares of the axis: the bar of those beyond the last bin stands apart from the others. */
const BEYOND = { from: 1.02, to: 1.05, end: 1.07 } as const;
/** Two lines of text above the highest bar, each of this height. */
const LABEL_LINE_PX = 17;

export function histogramSpec(
  { title, lines = [], measure, thing }: HistogramRequest,
  groups: readonly BinnedGroup[],
  bins: Bins,
): TopLevelSpec {
  const isBinned = groups.some(({ counted }) => counted !== undefined);
  const tallest = isBinned ? PANEL_PX.tallest : PANEL_PX.lowest;
  const heightPx = Math.max(PANEL_PX.lowest, Math.min(tallest, ALL_PANELS_PX / groups.length));
  const quantity = (value: number) => formatQuantity(value, measure.unit);
  const [low, lastEdge] = [bins.edges[0] ?? 0, bins.edges.at(-1) ?? 1];
  const at = (share: number) => low + share * (lastEdge - low);
  const isBeyond = groups.some(({ counted }) => (counted?.beyond ?? 0) > 0);
  const high = at(isBeyond ? BEYOND.end : 1);
  const aboutOf = ({ look, values }: BinnedGroup) => `${look.label}: n = ${formatCount(values.length)}`;
  return framedPanels(
    title,
    [
      ...(groups.length === 1 ? groups.map(aboutOf) : []),
      ...(isBinned
        ? [`bins of ${formatChosen(bins.width)}${measure.unit === '' ? '' : ` ${measure.unit}`}`]
        : []),
      ...notDrawableNote(groups.reduce((sum, { notDrawable }) => sum + notDrawable, 0)),
      ...lines,
    ],
    groups.map((group, index) => ({
      heightPx,
      ...(groups.length > 1 ? { heading: aboutOf(group) } : {}),
      layer:
        group.counted === undefined
          ? pointsOf(group, index === groups.length - 1)
          : barsOf(group, group.counted, index === groups.length - 1),
    })),
  );

  function xAxis(isLast: boolean) {
    return {
      type: 'quantitative' as const,
      scale: { domain: [low, high], nice: false },
      axis: {
        title: isLast ? axisTitle(measure.name, measure.unit, linearScale([])) : null,
        labels: isLast,
        grid: false,
        // The bar of those beyond stands outside of the scale.
        ...(isBeyond ? { labelExpr: `datum.value > ${lastEdge} ? '' : datum.label` } : {}),
      },
    };
  }

  /** Too few for bins: every value as a point, and a text that says so. */
  function pointsOf({ look, values }: BinnedGroup, isLast: boolean): Layers {
    const x = { ...xAxis(isLast), field: 'value' };
    return [
      {
        data: { values: values.map((value) => ({ value })) },
        mark: { type: 'point', filled: true, size: 90, opacity: 0.8, color: look.colour, shape: look.shape },
        encoding: { x, y: { value: heightPx - 20 } },
      },
      {
        data: {
          values: [{ text: `too few for bins: ${plural(values.length, thing)}, needs ${FEWEST_FOR_BINS}` }],
        },
        mark: { type: 'text', align: 'left', x: 8, y: LABEL_LINE_PX, fontSize: 12, color: INK },
        encoding: { text: { field: 'text', type: 'nominal' } },
      },
    ];
  }

  function barsOf(
    { look, values, figures }: BinnedGroup,
    { counts, beyond }: { readonly counts: readonly number[]; readonly beyond: number },
    isLast: boolean,
  ): Layers {
    const most = Math.max(...counts, beyond);
    const firstBeyond = values.find((value) => value >= lastEdge) ?? lastEdge;
    const x = xAxis(isLast);
    const y = {
      type: 'quantitative' as const,
      scale: { domain: [0, most / (1 - (2.3 * LABEL_LINE_PX) / heightPx)], nice: false },
      // Counts have no fractions.
      axis: {
        title: pictureText(`${thing}s`),
        tickMinStep: 1,
        tickCount: Math.floor(heightPx / 45),
        format: ',d',
      },
    };
    // p95 above, to the right of its rule, the median below it, to the left: neither rule crosses a text.
    const marks = [
      { text: 'p95', value: figures?.p95 ?? low, dash: [6, 3], rightBelow: 0.8 },
      { text: 'median', value: figures?.median ?? low, dash: [], rightBelow: 0.2 },
    ];
    return [
      {
        data: {
          values: counts.map((count, bin) => ({
            from: bins.edges[bin] ?? low,
            to: bins.edges[bin + 1] ?? low,
            count,
          })),
        },
        mark: { type: 'rect', color: look.colour, ...OUTLINED, strokeWidth: 0.6 },
        encoding: {
          x: { ...x, field: 'from' },
          x2: { field: 'to' },
          y: { ...y, field: 'count' },
          y2: { datum: 0 },
        },
      },
      {
        data: { values: beyond > 0 ? [{ from: at(BEYOND.from), to: at(BEYOND.to), beyond }] : [] },
        mark: { type: 'rect', color: '#ffffff', stroke: look.colour, strokeWidth: 1.6, strokeDash: [3, 2] },
        encoding: {
          x: { ...x, field: 'from' },
          x2: { field: 'to' },
          y: { ...y, field: 'beyond' },
          y2: { datum: 0 },
        },
      },
      {
        data: {
          values:
            beyond > 0
              ? [
                  {
                    at: at(BEYOND.to),
                    beyond,
                    text: `${formatCount(beyond)} ${beyond === 1 ? 'at' : `from ${quantity(firstBeyond)} to`} ${quantity(figures?.max ?? lastEdge)}`,
                  },
                ]
              : [],
        },
        mark: { type: 'text', align: 'right', baseline: 'bottom', dy: -4, fontSize: 11, color: INK },
        encoding: {
          x: { ...x, field: 'at' },
          y: { ...y, field: 'beyond' },
          text: { field: 'text', type: 'nominal' },
        },
      },
      {
        data: {
          values:
            values.length > MOST_TICKS
              ? []
              : values.filter((value) => value < lastEdge).map((value) => ({ value })),
        },
        mark: { type: 'tick', orient: 'vertical', size: 9, thickness: 1.2, color: INK, opacity: 0.75 },
        encoding: { x: { ...x, field: 'value' }, y: { value: heightPx - 5 } },
      },
      ...marks.flatMap(({ text, value, dash, rightBelow }, line): Layers => {
        const isRight = value < at(rightBelow);
        return [
          {
            data: { values: [{ value }] },
            mark: { type: 'rule', color: INK, strokeWidth: 1.6, strokeDash: dash, y: line * LABEL_LINE_PX },
            encoding: { x: { ...x, field: 'value' } },
          },
          {
            data: { values: [{ value, text: `${text} ${quantity(value)}` }] },
            mark: {
              type: 'text',
              align: isRight ? 'left' : 'right',
              baseline: 'top',
              dx: isRight ? 5 : -5,
              y: line * LABEL_LINE_PX,
              fontSize: 12,
              fontWeight: 'bold',
              color: INK,
            },
            encoding: { x: { ...x, field: 'value' }, text: { field: 'text', type: 'nominal' } },
          },
        ];
      }),
    ];
  }
}
