import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { type OtherRun, renderCharts, type UnreadableRun } from '@skyground/charts';
import { type ListedRun, listRuns, showRun } from '@skyground/experiment';
import { readComparison } from './comparison/read-comparison.ts';
import { messageOf } from './errors.ts';
import { defaultResultsFolder, repositoryRoot, runFiles } from './paths.ts';

/** Measures what the main comparison does, which has the page's first place where it was run. */
const mainExperiment = 'cloud-vs-onprem';

const mostCharts = 3;

interface IndexPage {
  /** Where the main comparison's CSVs lie; the page is charts/index.html below it. */
  readonly metricsDir: string;
  readonly resultsFolder: string;
  readonly signal: AbortSignal;
}

/**
 * Writes metrics/charts/index.html again: the main comparison from its CSVs and comparison.json, beside the newest finished run
 * of every other benchmark. To be called whenever one of them has a new result. What is damaged or missing is named on the
 * page. Resolves to its path; rejects only where it cannot be written, or with the signal's reason.
 */
export async function writeIndexPage({ metricsDir, resultsFolder, signal }: IndexPage): Promise<string> {
  const outDir = runFiles(metricsDir).charts;
  const main = await readComparison(metricsDir);
  const runs = await listRuns(resultsFolder);
  const others: OtherRun[] = [];
  const unreadable: UnreadableRun[] = runs.filter((run) => run.kind === 'unreadable');
  for (const run of newestOfEach(runs)) {
    signal.throwIfAborted();
    if (run.experimentId === mainExperiment && main.kind === 'comparison') continue;
    try {
      others.push(await describeRun(run, outDir));
    } catch (error) {
      unreadable.push({ folder: run.folder, reason: messageOf(error) });
    }
  }
  await renderCharts({ main, others, unreadable, outDir, signal });
  return join(outDir, 'index.html');
}

type FinishedRun = Extract<ListedRun, { kind: 'run' }> & { readonly verdict: object };

/**
 * The page in its own place, after a run came or went; runs that lie elsewhere are none of its. Resolves to why it could not be
 * renewed: the runs are safe, and the page is only a view of them.
 */
export async function renewIndexPage(
  resultsFolder: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (resultsFolder !== defaultResultsFolder || signal.aborted) return undefined;
  try {
    await writeIndexPage({ metricsDir: join(repositoryRoot, 'metrics'), resultsFolder, signal });
    return undefined;
  } catch (error) {
    return `metrics/charts/index.html was not renewed: ${messageOf(error)}`;
  }
}

/** In the order of their ids. */
function newestOfEach(newestFirst: readonly ListedRun[]): readonly FinishedRun[] {
  const newest = new Map<string, FinishedRun>();
  for (const run of newestFirst) {
    if (run.kind !== 'run' || !isFinished(run)) continue;
    if (!newest.has(run.experimentId)) newest.set(run.experimentId, run);
  }
  return [...newest.values()].toSorted((a, b) => (a.experimentId < b.experimentId ? -1 : 1));
}

function isFinished(run: Extract<ListedRun, { kind: 'run' }>): run is FinishedRun {
  return run.status === 'finished' && run.verdict !== undefined;
}

async function describeRun(run: FinishedRun, outDir: string): Promise<OtherRun> {
  const { folder, verdict, isValid = false, startedAt, targetLabel } = run;
  const { manifest } = await showRun(folder);
  const names = (await namesIn(join(folder, 'charts'))).filter((name) => name.endsWith('.svg')).sort();
  const hasReport = (await namesIn(folder)).includes('report.html');
  return {
    title: manifest.experiment.title,
    headline: verdict.headline,
    isValid,
    startedAt,
    targetLabel,
    reportHref: hasReport ? hrefOf(outDir, join(folder, 'report.html')) : undefined,
    charts: await Promise.all(
      names.slice(0, mostCharts).map(async (name) => ({
        name: basename(name, '.svg'),
        svg: await readFile(join(folder, 'charts', name), 'utf8'),
      })),
    ),
    furtherCharts: Math.max(0, names.length - mostCharts),
  };
}

/** Nothing where there is no such folder: a run without charts is a run. */
async function namesIn(folder: string): Promise<readonly string[]> {
  return existsSync(folder) ? readdir(folder) : [];
}

function hrefOf(from: string, to: string): string {
  return relative(from, to).split(sep).map(encodeURIComponent).join('/');
}
