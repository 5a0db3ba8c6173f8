import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '@skyground/metrics';
import type { Chart, ChartInput } from './chart.ts';
import { CHARTS } from './charts/all.ts';
import type { DrawnChart } from './drawn-chart.ts';
import { ChartError } from './errors.ts';
import { labelSvg } from './render/svg-label.ts';
import type { OtherRun, UnreadableRun } from './report/other-run.ts';
import { type MainComparison, pageHtml } from './report/page.ts';

interface RenderRequest {
  readonly main: MainComparison;
  /** Shown below it, in this order. */
  readonly others?: readonly OtherRun[];
  readonly unreadable?: readonly UnreadableRun[];
  /** Created if missing; files of the same names are replaced. */
  readonly outDir: string;
  readonly signal?: AbortSignal;
}

/** Vega and resvg take 0.3 s to load: only those who draw pay for them. */
const loadRenderers = async () => {
  const [{ renderSvg }, { renderPng }] = await Promise.all([
    import('./render/svg.ts'),
    import('./render/png.ts'),
  ]);
  return { renderSvg, renderPng };
};

interface Picture {
  readonly svg: string;
  readonly png: Buffer;
}

/** Draws one chart in memory. */
export const renderChart = (chart: Chart, input: ChartInput, signal?: AbortSignal): Promise<Picture> =>
  draw(chart.id, () => ({ spec: chart.spec(input), altText: chart.altText(input) }), signal);

/** Draws a chart that is data already. */
export const renderDrawnChart = (chart: DrawnChart, signal?: AbortSignal): Promise<Picture> =>
  draw(chart.id, () => chart, signal);

const draw = async (
  id: string,
  content: () => Pick<DrawnChart, 'spec' | 'altText'>,
  signal: AbortSignal | undefined,
): Promise<Picture> => {
  const { renderSvg, renderPng } = await loadRenderers();
  signal?.throwIfAborted();
  try {
    const { spec, altText } = content();
    const svg = labelSvg(await renderSvg(spec, id), altText);
    return { svg, png: await renderPng(svg) };
  } catch (cause) {
    signal?.throwIfAborted();
    throw new ChartError(id, 'drawing failed', { cause });
  }
};

/**
 * Writes every chart of the main comparison as SVG and PNG, and index.html, which holds them all beside the newest runs of other
 * benchmarks, last. Each file appears whole or not at all. Resolves to the paths written; rejects with the signal's reason
 * when aborted, with ChartError otherwise.
 */
export const renderCharts = async ({
  main,
  others = [],
  unreadable = [],
  outDir,
  signal,
}: RenderRequest): Promise<{ readonly files: readonly string[] }> => {
  await mkdir(outDir, { recursive: true });
  const files: string[] = [];
  const write = async (name: string, content: string | Uint8Array) => {
    signal?.throwIfAborted();
    const path = join(outDir, name);
    await writeAtomically(path, content);
    files.push(path);
  };
  const drawn: { readonly chart: Chart; readonly svg: string }[] = [];
  if (main.kind === 'comparison') {
    for (const chart of CHARTS) {
      const { svg, png } = await renderChart(chart, main.input, signal);
      await write(`${chart.id}.svg`, svg);
      await write(`${chart.id}.png`, png);
      drawn.push({ chart, svg });
    }
  }
  await write('index.html', pageHtml({ main, drawn, others, unreadable }));
  return { files };
};
