import { type CsvRow, toCsv, toSpreadsheetCsv, writeAtomically } from '@skyground/metrics';
import { columnsOf } from '../contract/columns.ts';
import type { AnyExperiment } from '../contract/experiment.ts';
import { toCells } from '../contract/sample-rows.ts';
import { refuseOther } from '../run/derive.ts';
import { readManifest } from '../run/manifest.ts';
import { readSamples } from '../run/samples-file.ts';

/** `csv`: as measured, whole rows only. `json`: a list of samples. `excel`: a CSV that a spreadsheet opens as it is. */
export const exportFormats = ['csv', 'json', 'excel'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Writes the samples of a run to `path`, whole or not at all. @returns how many there are. */
export async function exportSamples(
  experiment: AnyExperiment,
  folder: string,
  { format, path }: { readonly format: ExportFormat; readonly path: string },
): Promise<number> {
  refuseOther(experiment, await readManifest(folder), folder);
  const samples = await readSamples(experiment, folder);
  await writeAtomically(path, format === 'json' ? `${JSON.stringify(samples, null, 2)}\n` : tableOf());
  return samples.length;

  function tableOf(): string {
    const columns = columnsOf(experiment.sample);
    const header = columns.map(({ name }) => name);
    const rows = samples.map((sample): CsvRow => {
      const cells = toCells(sample, experiment.sample, columns);
      if ('fault' in cells) throw new TypeError(cells.fault, { cause: cells.cause });
      return cells;
    });
    if (format === 'csv') return toCsv([header, ...rows]);
    const isNumber = columns.map(({ kind }) => kind === 'number');
    const typed = rows.map((row) =>
      row.map((cell, index) => (cell !== null && isNumber[index] ? Number(cell) : cell)),
    );
    return toSpreadsheetCsv([header, ...typed]);
  }
}
