import { basename } from 'node:path';
import { type ExitCode, exitCodes, exportFormats, exportSamples } from '@skyground/experiment';
import { UsageError } from '../../errors.ts';
import type { ListedExperiment } from '../../experiments.ts';
import { fromWhereThePersonStood, resultsFolderOf } from '../../paths.ts';
import { experimentOfRun, findRun } from '../find-run.ts';
import { plural, shortPath } from '../output/result-lines.ts';

interface ExportFlags {
  readonly format?: string;
  readonly to?: string;
  readonly results?: string;
}

/** What follows the name of an exported file; Locust's files have endings of their own behind it. */
const endings: Readonly<Record<(typeof exportFormats)[number], string>> = {
  csv: '.csv',
  json: '.json',
  jtl: '.jtl',
  locust: '',
  excel: '.excel.csv',
};

/** `export RUN --format F`: the samples as a file that other tools read; the person's from then on. */
export async function exportCommand(
  reference: string,
  flags: ExportFlags,
  experiments: readonly ListedExperiment[],
): Promise<ExitCode> {
  const format = exportFormats.find((name) => name === flags.format);
  if (format === undefined) {
    throw new UsageError(
      `expected ${exportFormats.join(' or ')} for --format but received ${flags.format === undefined ? 'none' : JSON.stringify(flags.format)}`,
    );
  }
  const folder = await findRun(reference, resultsFolderOf(flags.results));
  const experiment = await experimentOfRun(folder, experiments);
  const path = fromWhereThePersonStood(flags.to ?? `${experiment.id}-${basename(folder)}${endings[format]}`);
  const { files, samples, leftOut } = await exportSamples(experiment, folder, { format, path });
  console.log(`${plural(samples, 'sample')}: ${files.map(shortPath).join(', ')}`);
  if (leftOut > 0)
    console.log(
      `Not in it: ${plural(leftOut, 'sample')} that ${format} has no row for (never sent, or no request).`,
    );
  return exitCodes.valid;
}
