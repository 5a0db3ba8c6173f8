import { checksName, filesName, summaryName } from './derived-files.ts';
import { chartsName } from './draw-charts.ts';
import { lockName } from './lock.ts';
import { billName } from './run-bill.ts';
import { logName } from './run-log.ts';
import { samplesName } from './samples-file.ts';

/** What the runner writes into the run folder of every experiment. */
export const ourNames: ReadonlySet<string> = new Set([
  'manifest.json',
  samplesName,
  summaryName,
  checksName,
  billName,
  filesName,
  'report.html',
  'report.md',
  chartsName,
  logName,
  lockName,
  `${lockName}-journal`,
]);
