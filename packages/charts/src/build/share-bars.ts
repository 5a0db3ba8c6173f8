import type { TopLevelSpec } from 'vega-lite';
import type { DrawnChart } from '../drawn-chart.ts';
import { formatCount, formatNumber, plural } from '../format.ts';
import { framed, type Layers, noDataFramed, noDataSentence } from '../framed.ts';
import { laneAxis } from '../lanes.ts';
import { textWidthPx } from '../render/text-width.ts';
import { capitalise, paragraph } from '../sentence.ts';
import { INK, PLOT_WIDTH_PX } from '../theme.ts';
import { notDrawableNote } from './arm-values.ts';
import type { ShareBarsRequest } from './share-bars-request.ts';
import {
  isPart,
  type Part,
  partsOf,
  type Stack,
  segmentsOf,
  stackLayer,
  stackRowPx,
  stacksOf,
} from './stacks.ts';

const FONT_PX = 12;

/** Which share of each whole falls to which part: what others draw as pies, beside each other to be compared. */
export const shareBarsChart = (request: ShareBarsRequest): DrawnChart => {
  const { id, title, thing, remark = '' } = request;
  const nothing = `no ${thing} was counted`;
  const counted = request.bars.map(({ label, counts }) => ({ label, values: counts }));
  const parts = partsOf(request.parts.map((label) => ({ label })));
  const stacks = stacksOf(counted, parts);
  const isEmpty = stacks.every(({ total }) => total === 0);
  const notCounts = counted.flatMap(({ values }) => values).filter((count) => !isPart(count)).length;
  const lines = [...notDrawableNote(notCounts), ...(request.lines ?? [])];
  const said = stacks.map((stack) => inWords(stack, parts, thing)).join('; ');
  return {
    id,
    title,
    spec: isEmpty ? noDataFramed(title, lines, nothing) : specOf(title, lines, thing, parts, stacks),
    readingSentence: isEmpty
      ? noDataSentence(nothing)
      : paragraph(
          `${capitalise(said)}.`,
          remark,
          `Every bar is all its ${thing}s, whose number stands at its end; the legend names the parts from left to right.`,
        ),
    altText: `Bars of shares: ${isEmpty ? 'no data' : said}.`,
    table: {
      columns: ['bar', ...parts.map(({ label }) => label), `${thing}s`],
      rows: stacks.map(({ label, values, total }) => [
        label,
        ...values.map((count) => (total > 0 ? `${formatCount(count)} (${shareText(count, total)})` : '–')),
        formatCount(total),
      ]),
    },
  };
};

const shareText = (count: number, total: number): string => `${formatNumber((100 * count) / total)} %`;

function inWords({ label, values, total }: Stack, parts: readonly Part[], thing: string): string {
  const shares = parts.flatMap((part, index) => {
    const count = values[index] ?? 0;
    return count > 0 ? [`${part.label} ${shareText(count, total)}`] : [];
  });
  return `${label}, ${plural(total, thing)}: ${shares.join(', ') || 'none'}`;
}

function specOf(
  title: string,
  lines: readonly string[],
  thing: string,
  parts: readonly Part[],
  stacks: readonly Stack[],
): TopLevelSpec {
  const shares = stacks.map(({ label, values, total }) => ({
    label,
    values: values.map((count) => (total > 0 ? (100 * count) / total : 0)),
    total: 100,
  }));
  const x = {
    type: 'quantitative' as const,
    scale: { domain: [0, 100], nice: false },
    axis: { title: `share of the ${thing}s (%)` },
  };
  const y = { ...laneAxis(stacks.map(({ label }) => label)), field: 'lane' };
  const ends = stacks.map(({ total }, lane) => ({ lane, text: plural(total, thing) }));
  return framed(title, lines, {
    heightPx: stackRowPx(stacks) * stacks.length,
    layer: [
      stackLayer(shares, parts, x, y),
      shareTexts(shares, parts, x, y),
      {
        data: { values: ends },
        mark: { type: 'text', align: 'left', fontSize: 11, color: INK },
        encoding: { x: { value: PLOT_WIDTH_PX + 8 }, y, text: { field: 'text', type: 'nominal' } },
      },
    ],
  });
}

/** In the segments that are wide enough. */
function shareTexts(shares: readonly Stack[], parts: readonly Part[], x: object, y: object): Layers[number] {
  const values = segmentsOf(shares, parts).flatMap(({ lane, from, to, colour }) => {
    const text = `${formatNumber(to - from)} %`;
    const hasRoom = textWidthPx(text, FONT_PX) + 6 <= ((to - from) * PLOT_WIDTH_PX) / 100;
    return hasRoom ? [{ lane, middle: (from + to) / 2, text, ink: inkOn(colour) }] : [];
  });
  return {
    data: { values },
    mark: { type: 'text', fontSize: FONT_PX },
    encoding: {
      x: { ...x, field: 'middle', type: 'quantitative' },
      y: { ...y, field: 'lane', type: 'quantitative' },
      text: { field: 'text', type: 'nominal' },
      color: { field: 'ink', type: 'nominal', scale: null },
    },
  };
}

/** Dark on light grounds and light on dark ones, by the weight of red, green and blue in lightness. */
function inkOn(ground: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(ground.slice(at, at + 2), 16));
  return 0.3 * red + 0.59 * green + 0.11 * blue > 128 ? INK : '#ffffff';
}
