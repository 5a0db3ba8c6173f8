import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MetricsError, readMetricsFile, toExcelCsv, writeAtomically } from '@skyground/metrics';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { fromWhereThePersonStood, repositoryRoot, runFiles } from '../paths.ts';

interface ExportFlags {
  readonly excel?: boolean;
  readonly output?: string;
}

/**
 * `export --excel`: copies of both CSVs that a spreadsheet opens as they are, and in which no file name can act as a formula.
 * Named by run, and the person's from then on: cleaning leaves them.
 */
export async function exportCommand({ excel, output }: ExportFlags): Promise<ExitCode> {
  if (excel !== true) {
    console.error('expected --excel, the one format there is: npm run master -- export --excel');
    return exitCodes.usage;
  }
  const dir = output === undefined ? join(repositoryRoot, 'metrics') : fromWhereThePersonStood(output);
  const { localMetrics, cloudMetrics } = runFiles(dir);
  try {
    let written = 0;
    for (const [name, path] of [
      ['local_metrics', localMetrics],
      ['lambda_metrics', cloudMetrics],
    ] as const) {
      if (!existsSync(path)) continue;
      const { records } = await readMetricsFile(path);
      const copy = join(dir, `${name}-${records[0]?.runId ?? 'empty'}.excel.csv`);
      await writeAtomically(copy, toExcelCsv(records));
      console.log(`${records.length} rows: ${copy}`);
      written += 1;
    }
    if (written > 0) return exitCodes.compared;
    console.error(`expected metrics in ${dir} but there are none. Run the comparison first: npm run master`);
    return exitCodes.failed;
  } catch (error) {
    if (!(error instanceof MetricsError)) throw error;
    console.error(error.message);
    return exitCodes.failed;
  }
}
