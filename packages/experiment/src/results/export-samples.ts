import { existsSync } from 'node:fs';
import { isSent, samplesToJtl, samplesToLocust } from '@skyground/load';
import { type CsvRow, toCsv, toSpreadsheetCsv, writeAtomically } from '@skyground/metrics';
import { columnsOf } from '../contract/columns.ts';
import type { AnyExperiment } from '../contract/experiment.ts';
import { toCells } from '../contract/sample-rows.ts';
import { UsageError } from '../errors.ts';
import { refuseOther } from '../run/derive.ts';
import { readManifest } from '../run/manifest.ts';
import { readSamples } from '../run/samples-file.ts';
import { loadSamplesOf } from './load-samples.ts';

/**
 * `csv`: as measured, whole rows only. `json`: a list of samples. `jtl`: JMeter's default 17 columns, times from the sending.
 * `locust`: the four files of `locust --csv PREFIX --csv-full-history`. `excel`: a CSV that a spreadsheet opens as it is.
 */
export const exportFormats = ['csv', 'json', 'jtl', 'locust', 'excel'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface Exported {
  readonly files: readonly string[];
  /** Samples in the files. */
  readonly samples: number;
  /** Samples that were due and never sent, or are no request: `jtl` and `locust` have no row for them. Say their number. */
  readonly leftOut: number;
}

/**
 * Writes the samples of a run to `path`, of `locust` to `<path>_stats.csv` and three more; each file whole or not at all, and none
 * before all of them could be made. Throws UsageError for samples that a format cannot hold, and where a
 * file of that name exists.
 */
export async function exportSamples(
  experiment: AnyExperiment,
  folder: string,
  { format, path }: { readonly format: ExportFormat; readonly path: string },
): Promise<Exported> {
  refuseOther(experiment, await readManifest(folder), folder);
  const samples = await readSamples(experiment, folder);
  const { files, written } = contentOf(experiment, samples, format, path);
  for (const [file] of files) {
    if (existsSync(file)) throw new UsageError(`${file} exists and is left alone: export to another path.`);
  }
  for (const [file, content] of files) await writeAtomically(file, content);
  return {
    files: files.map(([file]) => file),
    samples: written,
    leftOut: samples.length - written,
  };
}

interface Content {
  readonly files: readonly (readonly [path: string, content: string])[];
  readonly written: number;
}

function contentOf(
  experiment: AnyExperiment,
  samples: readonly object[],
  format: ExportFormat,
  path: string,
): Content {
  switch (format) {
    case 'csv':
    case 'excel':
      return { files: [[path, tableOf(experiment, samples, format)]], written: samples.length };
    case 'json':
      return { files: [[path, `${JSON.stringify(samples, null, 2)}\n`]], written: samples.length };
    case 'jtl': {
      const sent = loadSamplesOf(experiment, samples).filter(isSent);
      return {
        files: [[path, samplesToJtl(sent, { url: null, elapsedFrom: 'sent' })]],
        written: sent.length,
      };
    }
    case 'locust': {
      const sent = loadSamplesOf(experiment, samples).filter(isSent);
      const { stats, statsHistory, failures, exceptions } = samplesToLocust(sent, {
        full: true,
        timesFrom: 'sent',
      });
      return {
        files: [
          [`${path}_stats.csv`, stats],
          [`${path}_stats_history.csv`, statsHistory],
          [`${path}_failures.csv`, failures],
          [`${path}_exceptions.csv`, exceptions],
        ],
        written: sent.length,
      };
    }
  }
}

function tableOf(experiment: AnyExperiment, samples: readonly object[], format: 'csv' | 'excel'): string {
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
