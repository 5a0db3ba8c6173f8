import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from './errors.ts';

// This file is apps/master/src/paths.ts in tests and inside apps/master/dist/*.js when built: the same depth.
export const repositoryRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

export const defaultOnPremOutputDir = join(repositoryRoot, 'apps/onprem/output_local');

export const defaultResultsFolder = join(repositoryRoot, 'results');

/** Paths in flags are relative to where the person stood: npm changes the working folder and leaves that one in INIT_CWD. */
export function fromWhereThePersonStood(path: string): string {
  return resolve(whereThePersonStands(), path);
}

export function whereThePersonStands(): string {
  return process.env['INIT_CWD'] ?? process.cwd();
}

/** All files that a run writes below its metrics folder. */
export function runFiles(metricsDir: string) {
  return {
    runState: join(metricsDir, 'run.json'),
    localMetrics: join(metricsDir, 'local_metrics.csv'),
    cloudMetrics: join(metricsDir, 'lambda_metrics.csv'),
    comparison: join(metricsDir, 'comparison.json'),
    charts: join(metricsDir, 'charts'),
  } as const;
}

/** Where runs of experiments lie: `--results`, or results/ of the repository. Throws UsageError for an empty text: an unset shell variable means no place. */
export function resultsFolderOf(flag: string | undefined): string {
  if (flag === '') throw new UsageError('expected a folder for --results but received ""');
  return flag === undefined ? defaultResultsFolder : fromWhereThePersonStood(flag);
}

/** The embedded cloud's state. SKYGROUND_STATE_DIR moves it, so that two checkouts or a test can have clouds of their own. */
export function stateDir(): string {
  const moved = process.env['SKYGROUND_STATE_DIR'] ?? '';
  return moved === '' ? join(repositoryRoot, '.skyground') : fromWhereThePersonStood(moved);
}
