import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type CsvWriter, MetricsError, openCsvWriter, readCsv } from '@skyground/metrics';
import { z } from 'zod';
import { columnsOf, type SampleColumn } from '../contract/columns.ts';
import type { Experiment } from '../contract/experiment.ts';
import { fromCells } from '../contract/sample-rows.ts';
import { hasCode, RunFolderError } from '../errors.ts';

export const samplesName = 'samples.csv';

/** Opens samples.csv for appending; cuts off a row that was torn, and refuses the columns of another version. */
export async function openSamples(folder: string, columns: readonly SampleColumn[]): Promise<CsvWriter> {
  try {
    return await openCsvWriter(
      join(folder, samplesName),
      columns.map(({ name }) => name),
    );
  } catch (cause) {
    throw cause instanceof MetricsError ? new RunFolderError(folder, cause.message, { cause }) : cause;
  }
}

/**
 * All whole rows of a run. A last line without its end is left out, as if its unit had not been measured. RunFolderError
 * names the line and the column that cannot be read; nothing is changed.
 */
export async function readSamples<Sample extends object>(
  experiment: Pick<Experiment<object, Sample, unknown>, 'sample'>,
  folder: string,
): Promise<readonly Sample[]> {
  const columns = columnsOf(experiment.sample);
  const schema: z.ZodType<Sample> = experiment.sample;
  const samples: Sample[] = [];
  let header: readonly string[] | undefined;
  const path = join(folder, samplesName);
  try {
    // A pipe would be waited for without end.
    if (!(await stat(path)).isFile()) {
      throw new RunFolderError(folder, `${samplesName} is no file. Restore it from a copy.`);
    }
    for await (const { cells, line } of readCsv({ path }, () => undefined)) {
      if (header === undefined) {
        header = cells.map((cell) => cell ?? '');
        checkHeader(header, columns, folder);
        continue;
      }
      const where = `${samplesName}, line ${line}`;
      if (cells.length !== columns.length) {
        throw new RunFolderError(
          folder,
          `${where}: ${cells.length} cells, expected ${columns.length} as in the header. The row is damaged: mend it or remove it.`,
        );
      }
      const parsed = z.safeParse(schema, fromCells(cells, columns));
      if (!parsed.success) {
        throw new RunFolderError(folder, `${where}: ${z.prettifyError(parsed.error)}`, {
          cause: parsed.error,
        });
      }
      samples.push(parsed.data);
    }
  } catch (cause) {
    // Killed before the first row: nothing was measured yet.
    if (hasCode(cause, 'ENOENT')) return [];
    throw cause instanceof MetricsError ? new RunFolderError(folder, cause.message, { cause }) : cause;
  }
  return samples;
}

function checkHeader(header: readonly string[], columns: readonly SampleColumn[], folder: string): void {
  const expected = columns.map(({ name }) => name);
  if (header.join() === expected.join()) return;
  throw new RunFolderError(
    folder,
    `${samplesName} has the columns ${header.join()}, expected ${expected.join()}. Another version of the experiment measured it: read it with that one.`,
  );
}
