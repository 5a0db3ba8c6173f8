import { stackedBarsChart } from '../build/stacked-bars.ts';
import type { ChartInput } from '../chart.ts';
import { formatMs, formatNumber, plural } from '../format.ts';
import { describeSides, runLine } from '../frame.ts';
import { sideLabel } from '../sides.ts';
import {
  meanStages,
  STAGES,
  type StagedImage,
  type StageTimes,
  stagedImages,
  totalMs,
} from '../stage-rows.ts';
import { builtChart } from './built.ts';

const NAME = { id: 'cloud-stages', title: 'Where the time of the cloud path goes' };

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

const notesOf = (input: ChartInput): readonly string[] => {
  const { images, incomplete } = stagedImages(input);
  return [
    ...(images.length > MOST_BARS ? [`means of ${plural(images.length, 'image')}`] : []),
    ...(images.some(({ cold }) => cold) && images.length <= MOST_BARS ? ['◆ cold start'] : []),
    ...(incomplete > 0 ? [`${plural(incomplete, 'image')} without complete stage times left out`] : []),
  ];
};

const share = (part: number, whole: number): string => `${formatNumber((100 * part) / whole)} %`;

/** What the stages say; empty where there are none. */
const remarkOf = (input: ChartInput): string => {
  const { images } = stagedImages(input);
  const warm = images.filter(({ cold }) => !cold);
  const ms = meanStages(warm.length > 0 ? warm : images);
  if (ms === undefined) return '';
  const total = totalMs(ms);
  const longest = [...STAGES].sort((a, b) => ms[b.id] - ms[a.id])[0];
  const what = warm.length > 0 ? 'warm' : 'cold';
  const said =
    total === 0 || longest === undefined
      ? `every stage of a ${what} image took less than the clock can tell`
      : `a ${what} image took ${formatMs(total)} from event to stored output on average; ${longest.id} is the longest stage with ${share(ms[longest.id], total)}, processing itself is ${share(ms.process, total)}`;
  return `${sideLabel('cloud', input)}: ${said}. What is not "process" is the price of getting the image there and back; the verdict on processing time leaves it out.`;
};

export const stagesChart = builtChart(NAME, (input) =>
  stackedBarsChart({
    ...NAME,
    measure: { name: 'time since the upload event', unit: 'ms' },
    parts: STAGES.map(({ id, colour }) => ({ label: id, colour })),
    bars: barsOf(stagedImages(input).images).map(({ label, ms }) => ({
      label,
      values: STAGES.map(({ id }) => ms[id]),
    })),
    nothing: 'no cloud image has times for queue, download, process and upload',
    remark: remarkOf(input),
    lines: [...describeSides(input), ...notesOf(input), runLine(input)],
  }),
);
