import type { Chart, ChartInput } from '../chart.ts';
import { formatMs, formatNumber, plural } from '../format.ts';
import { frame, noDataSentence, noDataSpec } from '../frame.ts';
import { laneLabels, laneNumbers } from '../lanes.ts';
import { linearScale } from '../scale.ts';
import { sideLabel } from '../sides.ts';
import {
  meanStages,
  STAGES,
  type StagedImage,
  type StageTimes,
  stagedImages,
  totalMs,
} from '../stage-rows.ts';
import { INK, OUTLINED } from '../theme.ts';

const TITLE = 'Where the time of the cloud path goes';
const NO_STAGES = 'no cloud image has times for queue, download, process and upload';

/** Up to this many images get a bar each; of more, only the means are drawn. */
const MOST_BARS = 24;

interface Bar {
  readonly label: string;
  readonly ms: StageTimes;
}

const meanBars = (images: readonly StagedImage[]): readonly Bar[] =>
  [false, true].flatMap((cold) => {
    const group = images.filter((image) => image.cold === cold);
    const ms = meanStages(group);
    return ms === undefined ? [] : [{ label: `mean, ${cold ? 'cold' : 'warm'} (n = ${group.length})`, ms }];
  });

const barsOf = (images: readonly StagedImage[]): readonly Bar[] => [
  ...meanBars(images),
  ...(images.length > MOST_BARS
    ? []
    : [...images]
        .sort((a, b) => totalMs(a.ms) - totalMs(b.ms))
        .map(({ label, cold, ms }) => ({ label: cold ? `◆ ${label}` : label, ms }))),
];

/** Bars are placed by hand: a segment knows where it begins and ends, in ms since the event. */
const segmentsOf = (bars: readonly Bar[]) =>
  bars.flatMap(({ ms }, lane) => {
    let fromMs = 0;
    return STAGES.flatMap(({ id }) => {
      const segment = { stage: id, lane, fromMs, toMs: fromMs + ms[id] };
      fromMs = segment.toMs;
      return ms[id] > 0 ? [segment] : [];
    });
  });

const notesOf = (input: ChartInput): readonly string[] => {
  const { images, incomplete } = stagedImages(input);
  return [
    ...(images.length > MOST_BARS ? [`means of ${plural(images.length, 'image')}`] : []),
    ...(images.some(({ cold }) => cold) && images.length <= MOST_BARS ? ['◆ cold start'] : []),
    ...(incomplete > 0 ? [`${plural(incomplete, 'image')} without complete stage times left out`] : []),
  ];
};

const spec: Chart['spec'] = (input) => {
  const { images } = stagedImages(input);
  if (images.length === 0) return noDataSpec(input, TITLE, NO_STAGES);
  const bars = barsOf(images);
  const segments = segmentsOf(bars);
  const stages = STAGES.filter(({ id }) => segments.some(({ stage }) => stage === id));
  const labels = bars.map(({ label }) => label);
  const rowPx = bars.length > 6 ? 22 : 40;
  const ends = bars.map(({ ms }, lane) => ({ lane, endMs: totalMs(ms), text: formatMs(totalMs(ms)) }));
  const x = {
    type: 'quantitative' as const,
    // Room for the value to the right of the longest bar.
    scale: linearScale(
      ends.map(({ endMs }) => endMs),
      0.14,
    ),
    axis: { title: 'time since the upload event (ms)' },
  };
  const y = {
    field: 'lane',
    type: 'quantitative' as const,
    scale: { domain: [labels.length - 0.5, -0.5], nice: false, zero: false },
    axis: {
      title: null,
      values: laneNumbers(labels),
      labelExpr: laneLabels(labels),
      grid: false,
      ticks: false,
      domain: false,
    },
  };
  return frame(input, TITLE, {
    heightPx: rowPx * bars.length,
    notes: notesOf(input),
    layer: [
      {
        data: { values: segments },
        mark: { type: 'bar', orient: 'horizontal', height: rowPx * 0.7, ...OUTLINED, strokeWidth: 0.6 },
        encoding: {
          x: { ...x, field: 'fromMs' },
          x2: { field: 'toMs' },
          y,
          color: {
            field: 'stage',
            type: 'nominal',
            scale: { domain: stages.map(({ id }) => id), range: stages.map(({ colour }) => colour) },
            legend: { symbolStrokeColor: '#333333', symbolStrokeWidth: 0.6, symbolType: 'square' },
          },
        },
      },
      {
        data: { values: ends },
        mark: { type: 'text', align: 'left', dx: 6, fontSize: 11, color: INK },
        encoding: { x: { ...x, field: 'endMs' }, y, text: { field: 'text', type: 'nominal' } },
      },
    ],
  });
};

const share = (part: number, whole: number): string => `${formatNumber((100 * part) / whole)} %`;

const readingSentence: Chart['readingSentence'] = (input) => {
  const { images } = stagedImages(input);
  const warm = images.filter(({ cold }) => !cold);
  const ms = meanStages(warm.length > 0 ? warm : images);
  if (ms === undefined) return noDataSentence(NO_STAGES);
  const total = totalMs(ms);
  const longest = [...STAGES].sort((a, b) => ms[b.id] - ms[a.id])[0];
  const what = warm.length > 0 ? 'warm' : 'cold';
  const said =
    total === 0 || longest === undefined
      ? `every stage of a ${what} image took less than the clock can tell`
      : `a ${what} image took ${formatMs(total)} from event to stored output on average; ${longest.id} is the longest stage with ${share(ms[longest.id], total)}, processing itself is ${share(ms.process, total)}`;
  return `${sideLabel('cloud', input)}: ${said}. What is not "process" is the price of getting the image there and back; the verdict on processing time leaves it out.`;
};

export const stagesChart: Chart = {
  id: 'cloud-stages',
  title: TITLE,
  spec,
  readingSentence,
  altText: (input) => {
    const parts = meanBars(stagedImages(input).images).map(
      ({ label, ms }) =>
        `${label}: ${STAGES.filter(({ id }) => ms[id] > 0)
          .map(({ id }) => `${id} ${formatMs(ms[id])}`)
          .join(', ')}`,
    );
    return `Stacked bars of the stages of the cloud path: ${parts.join('; ') || 'no data'}.`;
  },
  table: (input) => ({
    columns: ['image', ...STAGES.map(({ id }) => `${id} (ms)`), 'total (ms)'],
    rows: barsOf(stagedImages(input).images).map(({ label, ms }) => [
      label,
      ...STAGES.map(({ id }) => formatNumber(ms[id])),
      formatNumber(totalMs(ms)),
    ]),
  }),
};
