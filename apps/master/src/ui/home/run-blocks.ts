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
import { resultLines } from '../../lab/output/result-lines.ts';
import { paintFor } from '../../output/paint.ts';
import { type Block, emptyLine, painted, text } from './block.ts';
import { whenText } from './entry.ts';

/** A run of an experiment as its folder tells it: verdict, findings, arms, charts, and how to go on where it was stopped. */
export async function runBlocks(experiment: AnyExperiment, folder: string): Promise<readonly Block[]> {
  try {
    const run = await showRun(folder);
    const observations = await readObservations(experiment, folder);
    const paint = paintFor(process.stdout);
    const { manifest, status, verdict } = run;
    const startedAt = manifest.sessions[0]?.startedAt ?? '';
    return [
      text(`${manifest.runId}, ${whenText(startedAt)}, on ${manifest.targetLabel}: ${status}`, 'faint'),
      ...(verdict === undefined ? [notDerived(experiment.id, run), ...(await lastWords(folder))] : []),
      painted(() => resultLines(run, paint)),
      emptyLine,
      painted((width) => armLines(observations, { paint, width })),
    ];
  } catch (error) {
    if (!(error instanceof RunFolderError)) throw error;
    return [text(error.message, 'bad')];
  }
}

function notDerived(id: string, { status, manifest }: ShownRun): Block {
  if (status === 'running') return text('It is running now.', 'warn');
  return text(
    `It has no result yet. Go on with it, without measuring anything twice: npm run lab -- ${id} --resume ${manifest.runId}`,
    'warn',
  );
}

const lastLogLines = 5;

/** Why it stopped or failed stands at the end of its log. */
async function lastWords(folder: string): Promise<readonly Block[]> {
  const path = join(folder, 'run.log');
  if (!existsSync(path)) return [];
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  return [emptyLine, ...lines.slice(-lastLogLines).map((line) => text(line, 'faint'))];
}
