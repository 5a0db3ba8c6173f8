import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openReport, pageForBrowser } from '../src/ui/home/open-report.ts';
import { initialHome } from '../src/ui/home/state.ts';
import { comparisonEntry, experimentEntry } from './home-entries.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('where there is a display, the report is opened in the browser that the person chose', async () => {
  await using folder = await temporaryFolder();
  const report = join(folder.dir, 're port.html');
  const browser = join(folder.dir, 'browser');
  const opened = join(folder.dir, 'opened');
  await writeFile(report, '');
  await writeFile(browser, `#!/bin/sh\nprintf %s "$1" > '${opened}'\n`);
  await chmod(browser, 0o755);
  expect(await openReport(report, { DISPLAY: ':0', BROWSER: browser })).toBe(
    `Opened with ${browser}: ${report}`,
  );
  await vi.waitFor(async () => expect(await readFile(opened, 'utf8')).toBe(report));
});

test('elsewhere its path is told, and what is missing is named', async () => {
  await using folder = await temporaryFolder();
  const report = join(folder.dir, 'report.html');
  expect(await openReport(report, {})).toContain('There is no report');
  await writeFile(report, '');
  expect(await openReport(report, { BROWSER: 'firefox' })).toBe(
    `No browser can be shown from here. The page: ${report}`,
  );
  const gone = await openReport(report, { DISPLAY: ':0', BROWSER: '/no/such/browser' });
  expect(gone).toBe(`/no/such/browser could not be started. The page: ${report}`);
});

test('the page is that of the run in sight, of the main comparison, or on the list that of all charts', () => {
  const home = {
    ...initialHome(),
    entries: [comparisonEntry, experimentEntry('dummy', ['1'])],
    indexPage: '/metrics/charts/index.html',
  };
  const run = { kind: 'run', blocks: [], scrolled: 0 } as const;
  expect(pageForBrowser(home)).toBe('/metrics/charts/index.html');
  expect(pageForBrowser({ ...home, indexPage: undefined })).toBeUndefined();
  expect(pageForBrowser({ ...home, page: { ...run, id: 'comparison', folder: '/m' } })).toBe(
    '/m/charts/index.html',
  );
  expect(pageForBrowser({ ...home, page: { kind: 'runs', id: 'dummy', selected: 0 } })).toBe(
    '/results/dummy/1/report.html',
  );
});
