import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openReport, reportOf } from '../src/ui/home/open-report.ts';
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
  expect(await openReport(report, { BROWSER: 'firefox' })).toBe(`Report: ${report}`);
  const gone = await openReport(report, { DISPLAY: ':0', BROWSER: '/no/such/browser' });
  expect(gone).toBe(`/no/such/browser could not be started. Report: ${report}`);
});

test('the main comparison has its page beside its charts', () => {
  expect(reportOf(comparisonEntry, '/metrics')).toBe('/metrics/charts/index.html');
  expect(reportOf(experimentEntry('dummy', []), '/results/dummy/1')).toBe('/results/dummy/1/report.html');
});
