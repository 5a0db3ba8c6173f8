import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CHARTS, ChartError, drawnFrom, renderChart, renderCharts, renderDrawnChart } from '../src/index.ts';
import { inputOf, syntheticRun } from './synthetic.ts';

const verdict = { headline: 'on-prem is faster', details: ['12 of 12 images'], findings: [] };
const input = inputOf(syntheticRun({ images: 6 }));
const main = { kind: 'comparison', input, verdict } as const;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'skyground-charts-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('writes each chart as SVG and PNG, the page last, and nothing else', async () => {
  const { files } = await renderCharts({ main, outDir: join(folder, 'new', 'charts') });
  const names = CHARTS.flatMap(({ id }) => [`${id}.svg`, `${id}.png`]);
  expect(files).toEqual([...names, 'index.html'].map((name) => join(folder, 'new', 'charts', name)));
  expect((await readdir(join(folder, 'new', 'charts'))).toSorted()).toEqual(
    [...names, 'index.html'].toSorted(),
  );
});

test('replaces what an earlier run wrote and keeps what others put there', async () => {
  await writeFile(join(folder, 'index.html'), 'old');
  await writeFile(join(folder, 'notes.txt'), 'mine');
  await renderCharts({ main, outDir: folder });
  expect(await readFile(join(folder, 'index.html'), 'utf8')).toContain('on-prem is faster');
  expect(await readFile(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
});

test('draws every chart under one signal that nobody aborts', async () => {
  const { files } = await renderCharts({
    main,
    outDir: folder,
    signal: new AbortController().signal,
  });
  expect(files).toHaveLength(CHARTS.length * 2 + 1);
});

test('a stopped run rejects with the reason and leaves no page and no half file', async () => {
  const reason = new Error('stopped by the user');
  await expect(renderCharts({ main, outDir: folder, signal: AbortSignal.abort(reason) })).rejects.toBe(
    reason,
  );
  expect(await readdir(folder)).toEqual([]);
});

test('a chart that cannot be drawn is named, with the cause', async () => {
  const [first] = CHARTS;
  if (first === undefined) throw new Error('there are charts');
  const cause = new Error('boom');
  const broken = {
    ...first,
    spec: () => {
      throw cause;
    },
  };
  const failure = renderChart(broken, input);
  await expect(failure).rejects.toThrow(ChartError);
  await expect(failure).rejects.toMatchObject({ chartId: first.id, cause });
});

test('a chart given as data is the same picture as one computed from rows', async () => {
  const [first] = CHARTS;
  if (first === undefined) throw new Error('there are charts');
  const drawn = drawnFrom(first, input);
  const [asData, computed] = [await renderDrawnChart(drawn), await renderChart(first, input)];
  expect(asData.svg).toBe(computed.svg);
  expect(asData.png.equals(computed.png)).toBe(true);
});
