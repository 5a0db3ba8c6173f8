import { existsSync } from 'node:fs';
import { open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CHARTS } from '@skyground/charts';
import { columnNames } from '@skyground/metrics';
import type { RunOptions } from './options.ts';
import { defaultOnPremOutputDir, runFiles } from './paths.ts';

/** Stands in every folder of outputs that this tool fills, so that it knows the folder as its own when it comes to cleaning. */
export const markerName = '.skyground-output';

/** What is to be removed, and what of it is not ours and so has to be agreed to first. */
export interface CleaningPlan {
  readonly foreign: readonly { readonly place: string; readonly question: string }[];
  /** Removes everything, foreign things included. @returns how many things it removed. */
  remove(): Promise<number>;
}

type Folders = Pick<RunOptions, 'metricsDir' | 'onPremOutputDir'>;

/** Of earlier runs, here: metrics, charts, run state, output images. The rest of the metrics folder is left alone. */
export async function planLocalCleaning({ metricsDir, onPremOutputDir }: Folders): Promise<CleaningPlan> {
  const files = runFiles(metricsDir);
  const metrics = await look(
    metricsDir,
    (name) => /^(run|comparison)\.json(\.\d+)?\.tmp$/.test(name) || ownerOf(name) !== undefined,
    async (name) => {
      const isOurs = ownerOf(name);
      return isOurs === undefined || (await isOurs(join(metricsDir, name)));
    },
  );
  const charts = await look(
    files.charts,
    () => true,
    async (name) => chartFiles.has(name),
  );
  const marked = onPremOutputDir === defaultOnPremOutputDir || existsSync(join(onPremOutputDir, markerName));
  const outputs = await look(
    onPremOutputDir,
    (name) => name !== markerName,
    async () => marked,
  );
  const folders = [metrics, charts, outputs];
  return {
    foreign: folders
      .filter(({ foreign }) => foreign.length > 0)
      .map(({ dir, foreign }) => ({ place: dir, question: questionOf(dir, foreign) })),
    remove: async () => {
      const paths = folders.flatMap(({ dir, names }) => names.map((name) => join(dir, name)));
      for (const path of paths) await rm(path, { recursive: true, force: true });
      return paths.length;
    },
  };
}

const chartFiles: ReadonlySet<string> = new Set([
  'index.html',
  ...CHARTS.flatMap(({ id }) => [`${id}.svg`, `${id}.png`]),
]);

/** Names that a run writes into the metrics folder, and how to tell that a file of that name is really ours. */
const owners: Readonly<Record<string, (path: string) => Promise<boolean>>> = {
  'run.json': namesARun,
  'comparison.json': namesARun,
  'local_metrics.csv': isMetricsCsv,
  'lambda_metrics.csv': isMetricsCsv,
};

function ownerOf(name: string) {
  return Object.hasOwn(owners, name) ? owners[name] : undefined;
}

async function namesARun(path: string): Promise<boolean> {
  return /"runId":\s*"skyground-/.test(await readFile(path, 'utf8').catch(() => ''));
}

async function isMetricsCsv(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64));
    // Empty: a run was stopped before it wrote the header.
    return (
      bytesRead === 0 ||
      buffer
        .toString('utf8', 0, bytesRead)
        .replace(/^\uFEFF/, '')
        .startsWith(columnNames.slice(0, 2).join())
    );
  } finally {
    await file.close();
  }
}

interface FolderPlan {
  readonly dir: string;
  readonly names: readonly string[];
  readonly foreign: readonly string[];
}

async function look(
  dir: string,
  isInTheWay: (name: string) => boolean,
  isOurs: (name: string) => Promise<boolean>,
): Promise<FolderPlan> {
  const names = existsSync(dir) ? (await readdir(dir)).filter(isInTheWay).sort() : [];
  const foreign: string[] = [];
  for (const name of names) if (!(await isOurs(name))) foreign.push(name);
  return { dir, names, foreign };
}

function questionOf(dir: string, foreign: readonly string[]): string {
  const shown = foreign.slice(0, 3).join(', ');
  const more = foreign.length > 3 ? ` and ${foreign.length - 3} more` : '';
  return `${dir} holds files that this tool did not write (${shown}${more}). Delete them?`;
}
