import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHARTS, renderChart, renderCharts } from '../src/index.ts';
import { inputOf, syntheticRun } from './synthetic.ts';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const hostile = '<img src=x onerror="alert(1)">&\'.jpg';
const verdict = {
  headline: `Faster: ${hostile}`,
  details: [hostile],
  findings: [
    { level: 'error', text: `${hostile} failed on one side only` },
    { level: 'warning', text: 'the machine was busy' },
  ],
} as const;

let folder: string;
let html: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'skyground-page-'));
  const rows = syntheticRun({ images: 12, coldStarts: 2, name: (index) => `${index}${hostile}` });
  const main = { kind: 'comparison', input: { ...inputOf(rows), targetLabel: hostile }, verdict } as const;
  const timeline = CHARTS.find(({ id }) => id === 'timeline');
  if (timeline === undefined) throw new Error('there is a timeline');
  const { svg } = await renderChart(timeline, main.input);
  const other = {
    title: hostile,
    headline: hostile,
    isValid: false,
    startedAt: '2026-11-21T06:00:00.000Z',
    targetLabel: hostile,
    reportHref: '../../results/fan-in/a%22b/report.html',
    charts: [
      { name: hostile, svg },
      { name: 'planted', svg: svg.replace('</svg>', '<script>alert(1)</script></svg>') },
    ],
    furtherCharts: 4,
  };
  await renderCharts({
    main,
    others: [other, { ...other, isValid: true, reportHref: undefined }],
    unreadable: [{ folder: hostile, reason: hostile }],
    outDir: folder,
  });
  html = await readFile(join(folder, 'index.html'), 'utf8');
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test('names and findings from outside are text, never markup', () => {
  expect(html).not.toContain('<img');
  expect(html).toContain('&lt;img src=x');
});

test('runs of other benchmarks stand with verdict, validity, date and report; a picture that is not ours is named', () => {
  expect(html).not.toContain('<script');
  expect(html.match(/planted is not shown: it has an element &lt;script&gt;/g)).toHaveLength(2);
  expect(html.match(/<b>Not valid:<\/b> the run has errors/g)).toHaveLength(1);
  expect(html).toContain('Newest run, begun 2026-11-21 06:00 UTC, on &lt;img');
  expect(html).toContain(
    '<a href="../../results/fan-in/a%22b/report.html">Report of this run</a>, with 4 more charts.',
  );
  expect(html).toContain('It has no report.');
  expect(html).toContain('Runs that could not be read');
});

test('without a main comparison the page says how to run it, and shows the rest', async () => {
  const alone = await mkdtemp(join(tmpdir(), 'skyground-page-'));
  try {
    const { files } = await renderCharts({ main: { kind: 'none', reason: 'Not run.' }, outDir: alone });
    expect(files).toEqual([join(alone, 'index.html')]);
    expect(await readFile(join(alone, 'index.html'), 'utf8')).toContain('npm run master');
  } finally {
    await rm(alone, { recursive: true, force: true });
  }
});

test('ids are unique over all pictures of the page, and every reference has its target', () => {
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, target] of html.matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(target);
  for (const [, target] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
});

test('in a browser: no request, no complaint, all pictures visible and named', async (context) => {
  try {
    await access(CHROMIUM);
  } catch {
    context.skip(`${CHROMIUM} is not installed: the page was not opened in a browser`);
  }
  const profile = await mkdtemp(join(tmpdir(), 'skyground-chromium-'));
  // The first start of a browser just installed, on two busy cores: the test's own time limit is the one that counts.
  const browser = await puppeteer.launch({
    executablePath: CHROMIUM,
    args: FLAGS,
    userDataDir: profile,
    timeout: 0,
    protocolTimeout: 0,
  });
  try {
    const page = await browser.newPage();
    const url = pathToFileURL(join(folder, 'index.html')).href;
    const requests: string[] = [];
    const complaints: unknown[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error));
    await page.goto(url);
    const pictures = await page.$$('[role="img"]');
    expect(pictures).toHaveLength(CHARTS.length + 2);
    for (const picture of pictures) expect(await picture.isVisible()).toBe(true);
    // The style sheet is allowed by its hash: a wrong one would leave the page bare.
    const border = "getComputedStyle(document.querySelector('.verdict.invalid')).borderLeftWidth";
    expect(await page.evaluate(border)).toBe('6px');
    expect(requests).toEqual([url]);
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
    // Helper processes of the browser may write there a moment longer.
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
});
