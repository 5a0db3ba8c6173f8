import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHARTS, renderChart } from '../src/index.ts';
import { renderPng } from '../src/render/png.ts';
import { anyInput, someRow } from './inputs.ts';
import { inputOf, syntheticRun } from './synthetic.ts';

const input = inputOf(syntheticRun({ images: 12, coldStarts: 2 }));

const hashAll = async (): Promise<string> => {
  const hash = createHash('sha256');
  for (const chart of CHARTS) {
    const { svg, png } = await renderChart(chart, input);
    hash.update(svg).update(png);
  }
  return hash.digest('hex');
};

const HASH_IN_A_PROCESS = `
  import { createHash } from 'node:crypto';
  import { CHARTS, renderChart } from './src/index.ts';
  import { inputOf, syntheticRun } from './test/synthetic.ts';
  const input = inputOf(syntheticRun({ images: 12, coldStarts: 2 }));
  const hash = createHash('sha256');
  for (const chart of CHARTS) {
    const { svg, png } = await renderChart(chart, input);
    hash.update(svg).update(png);
  }
  process.stdout.write(hash.digest('hex'));
`;

const hashElsewhere = async (environment: Readonly<Record<string, string>>): Promise<string> => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', HASH_IN_A_PROCESS],
    {
      cwd: new URL('..', import.meta.url),
      env: environment,
    },
  );
  return stdout;
};

test('equal rows give equal bytes: again, in parallel, and in a process with another zone and locale', async () => {
  const [once, ...others] = await Promise.all([
    hashAll(),
    hashAll(),
    hashElsewhere({ TZ: 'Asia/Kolkata', LANG: 'ar_EG.UTF-8', LC_ALL: 'ar_EG.UTF-8' }),
  ]);
  expect(others).toEqual([once, once]);
});

/** Dark pixels of a part of a PNG, in the PNG's own pixels. */
const darkPixels = (png: Buffer, area: { x: number; y: number; width: number; height: number }): number => {
  const { pixels } = new Resvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${area.width}" height="${area.height}">
      <image x="${-area.x}" y="${-area.y}" width="${png.readUInt32BE(16)}" height="${png.readUInt32BE(20)}"
        href="data:image/png;base64,${png.toString('base64')}"/></svg>`,
  ).render();
  let dark = 0;
  for (let index = 0; index < pixels.length; index += 4) {
    if ((pixels[index] ?? 0) + (pixels[index + 1] ?? 0) + (pixels[index + 2] ?? 0) < 300) dark += 1;
  }
  return dark;
};

test('titles and labels are drawn into the PNG, at twice the size', async () => {
  for (const chart of CHARTS) {
    const { svg, png } = await renderChart(chart, input);
    const [, width = '', height = ''] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * Number(width), 2 * Number(height)]);
    // The title's line, which holds nothing but text; and the lower end with axis labels, title and legend.
    const title = { x: 0, y: 0, width: 2 * Number(width), height: 70 };
    expect(darkPixels(png, title), chart.id).toBeGreaterThan(1_500);
    const withoutText = await renderPng(svg.replaceAll(/<text.*?<\/text>/gs, ''));
    expect(darkPixels(withoutText, title), chart.id).toBe(0);
    const lower = { x: 0, y: 2 * Number(height) - 110, width: 2 * Number(width), height: 110 };
    expect(darkPixels(png, lower) - darkPixels(withoutText, lower), chart.id).toBeGreaterThan(400);
  }
});

test('text stays inside the picture', async () => {
  const long = { ...input, targetLabel: 'endpoint https://a-machine-with-a-long-name.example.org:4566' };
  for (const chart of CHARTS) {
    const { png } = await renderChart(chart, long);
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    for (const edge of [
      { x: 0, y: 0, width, height: 6 },
      { x: 0, y: height - 6, width, height: 6 },
      { x: 0, y: 0, width: 6, height },
      { x: width - 6, y: 0, width: 6, height },
    ]) {
      expect(darkPixels(png, edge), chart.id).toBe(0);
    }
  }
});

test('names with markup, controls, lone surrogates and other scripts are drawn, not executed or dropped', async () => {
  const names = [
    '<script>&"\'.jpg',
    'bell\u0007 tab\t newline\n.jpg',
    'half\ud800.jpg',
    '日本語 файл 🎉.jpg',
    '\u202egpj.exe',
  ];
  const odd = inputOf(
    names.map((image) => ({
      ...someRow,
      source: 'cloud' as const,
      image,
      queueDelayMs: 1,
      downloadMs: 1,
      uploadMs: 1,
    })),
  );
  for (const chart of CHARTS) {
    const { svg } = await renderChart(chart, odd);
    expect(svg).not.toMatch(/<script|[\p{Cc}--[\n]]|\u202e/v);
  }
});

test('any rows can be drawn', async () => {
  await fc.assert(
    fc.asyncProperty(anyInput, fc.constantFrom(...CHARTS), async (any, chart) => {
      const { svg } = await renderChart(chart, any);
      expect(svg).not.toContain('NaN');
    }),
    { numRuns: 40 },
  );
});
