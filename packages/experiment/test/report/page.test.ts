import { cp, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { toCsv } from '@skyground/metrics';
import axe from 'axe-core';
import type { Page, Viewport } from 'puppeteer-core';
import { afterAll, beforeAll, expect, onTestFinished, type TestContext, test } from 'vitest';
import { deriveAgain } from '../../src/index.ts';
import { type OpenedBrowser, openBrowser, whyNoBrowser } from '../support/browser.ts';
import { contentOf, folderOf, runDummy } from '../support/dummy-runs.ts';
import { hostile, reportExperiment, runPoorly, sampleAt } from '../support/report-experiment.ts';

const wide: Viewport = { width: 1280, height: 900 };
const phone: Viewport = { width: 390, height: 844 };

let opened: OpenedBrowser | undefined;
let results: string;
let folder: string;
/** Of a run with too few samples and a threshold that was not kept. */
let poorFolder: string;
beforeAll(async () => {
  results = await mkdtemp(join(tmpdir(), 'skyground-report-'));
  const given = { repetitions: { value: 30, origin: 'flag' } } as const;
  folder = folderOf((await runDummy(results, given, { experiment: reportExperiment })).outcome);
  poorFolder = await runPoorly(results);
  opened = await openBrowser();
});
afterAll(async () => {
  await opened?.close();
  await rm(results, { recursive: true, force: true });
});

interface Visit {
  readonly viewport?: Viewport;
  readonly scheme?: 'light' | 'dark';
  readonly hasScripts?: boolean;
  readonly folder?: string;
}

/** The report in a page of its own, with everything that the page asked for and complained of. */
async function visit(context: TestContext, options: Visit = {}) {
  if (opened === undefined) return context.skip(whyNoBrowser);
  const { viewport = wide, scheme = 'light', hasScripts = true } = options;
  const page = await opened.browser.newPage();
  onTestFinished(() => page.close());
  const requests: string[] = [];
  const complaints: unknown[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error));
  page.on('dialog', (dialog) => complaints.push(dialog.message()));
  await page.setViewport(viewport);
  await page.setJavaScriptEnabled(hasScripts);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  const url = pathToFileURL(join(options.folder ?? folder, 'report.html')).href;
  await page.goto(url);
  if (hasScripts) await page.waitForSelector('html[data-drawn]');
  return { page, url, requests, complaints };
}

const textsOf = (page: Page, selector: string) =>
  page.$$eval(selector, (found) => found.map(({ textContent }) => textContent ?? ''));

test('it asks for nothing, draws every chart itself under its accessible name, and shows texts from outside as text', async (context) => {
  const { page, url, requests, complaints } = await visit(context);
  const charts = await page.$$eval('.chart', (found) =>
    found.map((chart) => ({
      id: chart.id,
      marks: chart.querySelectorAll('.live-picture svg .mark-symbol path, .live-picture svg .mark-rect path')
        .length,
      still: chart.querySelector('.still svg')?.getAttribute('aria-label'),
      name: chart.querySelector('.live-picture[role=img]')?.getAttribute('aria-label'),
    })),
  );
  expect(charts).toEqual([
    {
      id: 'chart-durations',
      marks: expect.any(Number),
      still: expect.stringContaining(hostile),
      name: charts[0]?.still,
    },
    {
      id: 'chart-timeline',
      marks: expect.any(Number),
      still: 'Bars of each image over time',
      name: charts[1]?.still,
    },
  ]);
  for (const { marks } of charts) expect(marks).toBeGreaterThanOrEqual(60);
  const places = [
    'h1',
    '.question',
    '.headline',
    '.verdict li',
    'figcaption',
    'caption',
    'tbody th',
    'tbody td',
    'section > h3',
    '.prose',
    'ul.files li',
  ];
  for (const place of places) expect((await textsOf(page, place)).join()).toContain(hostile);
  expect(await page.$$('img, a[href^="javascript:"]')).toEqual([]);
  expect(requests).toEqual([url]);
  expect(complaints).toEqual([]);
});

test('the pointer over a mark shows its values; the wheel zooms where the chart is made for it', async (context) => {
  const { page, complaints } = await visit(context);
  await page.hover('#chart-durations .live-picture .mark-symbol.role-mark path');
  expect(await textsOf(page, '.tooltip:not([hidden])')).toEqual([expect.stringContaining('durationMs: ')]);
  expect(await textsOf(page, '.hint')).toHaveLength(1);
  const labels = '#chart-timeline .live-picture .role-axis-label text';
  const before = await textsOf(page, labels);
  await page.hover('#chart-timeline .live-picture .mark-rect.role-mark path');
  await page.keyboard.down('Control');
  await page.mouse.wheel({ deltaY: -600 });
  await page.keyboard.up('Control');
  await page.waitForFunction(
    `[...document.querySelectorAll(${JSON.stringify(labels)})].map((one) => one.textContent).join() !== ${JSON.stringify(before.join())}`,
  );
  expect(complaints).toEqual([]);
});

test('the samples that the page holds are those of samples.csv', async (context) => {
  const { page } = await visit(context);
  const downloads = join(results, 'downloads');
  const devTools = await page.browser().target().createCDPSession();
  await devTools.send('Browser.setDownloadBehavior', {
    behavior: 'allow',
    downloadPath: downloads,
    eventsEnabled: true,
  });
  const { promise: ended, resolve } = Promise.withResolvers<string>();
  devTools.on('Browser.downloadProgress', ({ state }) => {
    if (state !== 'inProgress') resolve(state);
  });
  await page.waitForSelector('a[href^="blob:"]');
  await page.click('a[download="samples.csv"]');
  expect(await ended).toBe('completed');
  expect(await contentOf(downloads, 'samples.csv')).toBe(await contentOf(folder, 'samples.csv'));
});

test('a column heading sorts its table, numbers by size, and says so', async (context) => {
  const { page } = await visit(context);
  const table = '::-p-xpath(//table[caption[starts-with(., "Stages")]])';
  const heading = `${table} >>> thead th:nth-child(2)`;
  const order = () =>
    page.$$eval(`${table} >>> tbody td:first-of-type`, (cells) => cells.map((cell) => cell.textContent));
  const sorting = () => page.$eval(heading, (cell) => cell.getAttribute('aria-sort'));
  expect(await sorting()).toBeNull();
  await page.click(`${heading} button`);
  expect(await order()).toEqual(['30.2', '60', '1,204.5', 'too few']);
  expect(await sorting()).toBe('ascending');
  await page.click(`${heading} button`);
  expect((await order()).slice(1)).toEqual(['1,204.5', '60', '30.2']);
  expect(await sorting()).toBe('descending');
  // The sum of a bill stays below what it is the sum of.
  const bill = '::-p-xpath(//table[caption[.="Modelled bill by service"]])';
  const services = () => textsOf(page, `${bill} >>> tbody th`);
  await page.click(`${bill} >>> thead th:nth-child(2) button`);
  expect(await services()).toEqual(['Lambda', 'S3', 'total']);
  await page.click(`${bill} >>> thead th:nth-child(2) button`);
  expect(await services()).toEqual(['S3', 'Lambda', 'total']);
  // Milliseconds and shares in one column have no order.
  const mixed = '::-p-xpath(//table[caption[starts-with(., "Both sides")]]//th)';
  expect(await page.$$(mixed)).not.toHaveLength(0);
  expect(await page.$$(`${mixed} >>> button`)).toEqual([]);
});

test('a narrow column keeps its words whole, on a phone and on paper', async (context) => {
  const { page } = await visit(context, { viewport: phone });
  const linesOf = () =>
    page.evaluate(`[...document.querySelectorAll('table')]
      .filter((table) => table.caption.textContent === 'Parameters of the run')
      .flatMap((table) => [...table.tBodies[0].querySelectorAll('tr > :nth-child(-n+3)')])
      .map((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return range.getClientRects().length;
      })`);
  expect(await linesOf()).toEqual(Array(12).fill(1));
  await page.emulateMediaType('print');
  expect(await linesOf()).toEqual(Array(12).fill(1));
});

test.for([
  { viewport: wide, scheme: 'dark', other: 'light', isPoor: false },
  { viewport: phone, scheme: 'light', other: 'dark', isPoor: true },
] as const)(
  'axe finds nothing in light and dark, and nothing is cut off: $viewport.width px',
  async ({ viewport, scheme, other, isPoor }, context) => {
    const { page } = await visit(context, { viewport, scheme, folder: isPoor ? poorFolder : folder });
    // Through the debugger, which the page's policy does not bind.
    await page.evaluate(axe.source);
    const violations = (options: string) =>
      page.evaluate(
        `axe.run(${options}).then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]))`,
      );
    expect(await violations('{}')).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
    // Of what axe knows only the contrast depends on the colours.
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: other }]);
    expect(await violations('{ runOnly: ["color-contrast"] }')).toEqual([]);
  },
);

test('where the comparison is not valid, that comes before who wins, with what to do', async (context) => {
  const { page } = await visit(context, { folder: poorFolder });
  const [standing, headline] = await textsOf(page, '.verdict.bad > .standing, .verdict.bad > .headline');
  expect(standing).toMatch(/^Not valid\. 2 errors/);
  expect(headline).toContain('on-prem is 1.7 times as fast');
  const remarks = await textsOf(page, '.remarks li');
  expect(remarks).toContainEqual(
    expect.stringMatching(/^Error \(too-few\): ?.*on_prem has 4 samples .*What to do: Measure more/s),
  );
  expect(remarks).toContainEqual('Threshold not kept: on_prem: p(50)<1, but it was 22.1 ms.');
});

test('without scripts everything is there', async (context) => {
  const { page, complaints } = await visit(context, { hasScripts: false });
  const pictures = await page.$$('.still svg[role=img]');
  expect(pictures).toHaveLength(2);
  for (const picture of pictures) expect(await picture.isVisible()).toBe(true);
  expect(await page.$eval('a[download]', (link) => link.getAttribute('href'))).toBe('samples.csv');
  expect(await page.$$('button')).toEqual([]);
  expect(complaints).toEqual([]);
});

test('on paper the pictures are the still ones, in ink on white', async (context) => {
  const { page } = await visit(context, { scheme: 'dark' });
  await page.emulateMediaType('print');
  const isShown = async (selector: string) => (await page.$(selector))?.isVisible();
  expect(await isShown('#chart-durations .still')).toBe(true);
  expect(await isShown('#chart-durations .live-picture')).toBe(false);
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
  // Half a page at most, so that two of them stand on one.
  const height = await page.$eval('#chart-durations .still svg', (svg) => svg.getBoundingClientRect().height);
  expect(height).toBeGreaterThan(100);
  expect(height).toBeLessThan(310);
});

test('20,000 samples fit a page of less than 3 MB, which still holds them and draws', async (context) => {
  const many = join(results, 'many');
  await cp(folder, many, { recursive: true });
  const rows = Array.from({ length: 20_000 }, (_, index) => {
    const { arm, unit, startedAtMs, durationMs, remark } = sampleAt(Math.floor(index / 2), index % 2);
    return [arm, unit, startedAtMs, durationMs, remark].map(String);
  });
  await writeFile(
    join(many, 'samples.csv'),
    toCsv([['arm', 'unit', 'startedAtMs', 'durationMs', 'remark'], ...rows]),
  );
  await deriveAgain(reportExperiment, many, new AbortController().signal);
  expect((await stat(join(many, 'report.html'))).size).toBeLessThan(3_000_000);
  const { page, complaints } = await visit(context, { folder: many });
  expect(await page.$$('.chart.live')).toHaveLength(2);
  expect(await page.$$('a[data-payload=samples]')).toHaveLength(1);
  // Its points as markup would be half a megabyte: the still picture is a PNG, with the same name.
  const names = await page.$$eval('#chart-durations :is(.still img, .live-picture)', (pictures) =>
    pictures.map((picture) => picture.getAttribute('alt') ?? picture.getAttribute('aria-label')),
  );
  expect(names).toEqual(Array(2).fill(`Points of the time of each image ${hostile}`));
  expect(complaints).toEqual([]);
});
