import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type AnyExperiment,
  RunFolderError,
  readObservations,
  type ShownRun,
  showRun,
} from '@skyground/experiment';
import { armLines } from '../../lab/output/arm-lines.ts';
import { plural, resultLines } from '../../lab/output/result-lines.ts';
import { howToGoOn } from '../../lab/unfinished-run.ts';
import { paintFor } from '../../output/paint.ts';
import { type Block, emptyLine, painted, text } from './block.ts';
import { whenText } from './entry.ts';

/** A run of an experiment as its folder tells it: verdict, findings, arms, charts, and how to go on where it was stopped. */
export function runBlocks(experiment: AnyExperiment, folder: string): Promise<readonly Block[]> {
  return readingRun(async () => {
    const run = await showRun(folder);
    return [
      ...(await beginningOf(experiment, run)),
      painted(() => resultLines(run, paintFor(process.stdout))),
      emptyLine,
      await armsOf(experiment, folder),
    ];
  });
}

/** The same in short: what it is about, the verdict, and at once the charts. */
export function newestRunBlocks(experiment: AnyExperiment, folder: string): Promise<readonly Block[]> {
  return readingRun(async () => {
    const run = await showRun(folder);
    const { verdict, findings, isValid } = run;
    const doubts = (['error', 'warning'] as const)
      .map((severity) => ({ severity, count: findings.filter((one) => one.severity === severity).length }))
      .filter(({ count }) => count > 0)
      .map(({ severity, count }) => plural(count, severity))
      .join(' and ');
    return [
      ...(await beginningOf(experiment, run)),
      ...(isValid === false ? [text('NOT VALID: do not rely on these figures.', 'bad')] : []),
      ...(verdict === undefined ? [] : [text(verdict.headline, 'heading')]),
      emptyLine,
      await armsOf(experiment, folder),
      emptyLine,
      ...(findings.length === 0 ? [] : [text(`${doubts}: b shows the whole run.`, 'warn')]),
    ];
  });
}

async function readingRun(read: () => Promise<readonly Block[]>): Promise<readonly Block[]> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof RunFolderError)) throw error;
    return [text(error.message, 'bad')];
  }
}

async function beginningOf(experiment: AnyExperiment, run: ShownRun): Promise<readonly Block[]> {
  const { manifest, status, verdict, folder } = run;
  const when = whenText(manifest.sessions[0]?.startedAt ?? '');
  return [
    text(`${manifest.runId}, ${when}, on ${manifest.targetLabel}: ${status}`, 'faint'),
    ...(verdict === undefined ? [notDerived(experiment.id, run), ...(await lastWords(folder))] : []),
  ];
}

async function armsOf(experiment: AnyExperiment, folder: string): Promise<Block> {
  const observations = await readObservations(experiment, folder);
  const paint = paintFor(process.stdout);
  return painted((width) => armLines(observations, { paint, width }));
}

function notDerived(id: string, { status, folder }: ShownRun): Block {
  if (status === 'running') return text('It is running now.', 'warn');
  return text(`It has no result yet. ${howToGoOn(id, folder, undefined)}`, 'warn');
}

const lastLogLines = 5;

/** Why it stopped or failed stands at the end of its log. */
async function lastWords(folder: string): Promise<readonly Block[]> {
  const path = join(folder, 'run.log');
  if (!existsSync(path)) return [];
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  return [emptyLine, ...lines.slice(-lastLogLines).map((line) => text(line, 'faint'))];
}
