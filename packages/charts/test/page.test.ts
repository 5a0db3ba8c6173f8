import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHARTS, renderCharts } from '../src/index.ts';
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
  await renderCharts({
    main: { kind: 'comparison', input: { ...inputOf(rows), targetLabel: hostile }, verdict },
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
    expect(pictures).toHaveLength(CHARTS.length);
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
