import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeAtomically } from '@skyground/metrics';
import { hasCode, UsageError } from '../errors.ts';
import { checksName, summaryName } from '../run/derived-files.ts';
import type { DerivedRun } from '../run/derived-run.ts';
import { chartsName } from '../run/draw-charts.ts';

/**
 * Puts what was derived of a run into another folder, with the same names: the report, the charts, the findings, the summary, and the
 * experiment's own files. Nothing there is written over but what is the same already: UsageError, and then nothing was written.
 */
export async function copyReport(
  { folder, charts, files }: Pick<DerivedRun, 'folder' | 'charts' | 'files'>,
  to: string,
): Promise<readonly string[]> {
  const names = [
    'report.html',
    'report.md',
    checksName,
    summaryName,
    ...charts.flatMap(({ id }) => [`${chartsName}/${id}.svg`, `${chartsName}/${id}.png`]),
    ...files.map(({ path }) => path),
  ];
  const due: { readonly path: string; readonly content: Buffer }[] = [];
  for (const name of names) {
    const path = join(to, name);
    const content = await readFile(join(folder, name));
    const present = await contentOf(path);
    if (present === undefined) due.push({ path, content });
    else if (!present.equals(content)) {
      throw new UsageError(`${path} exists and is another one. Name another folder, or move it away.`);
    }
  }
  for (const { path, content } of due) {
    await mkdir(dirname(path), { recursive: true });
    await writeAtomically(path, content);
  }
  return names;
}

async function contentOf(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    if (!hasCode(error, 'ENOTDIR', 'EISDIR')) throw error;
    throw new UsageError(`${path}: a folder and a file are in each other's place. Name another folder.`, {
      cause: error,
    });
  }
}
