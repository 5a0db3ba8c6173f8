import { basename } from 'node:path';
import { type ExitCode, exitCodes, type ListedRun, listRuns } from '@skyground/experiment';
import type { ListedExperiment } from '../../experiments.ts';
import { printable } from '../../output/format.ts';
import { resultsFolderOf } from '../../paths.ts';
import { shortPath } from '../output/result-lines.ts';

interface ListFlags {
  readonly results?: string;
  readonly json?: boolean;
}

/** `list`: the experiments there are, and their runs, newest first. */
export async function listCommand(
  flags: ListFlags,
  experiments: readonly ListedExperiment[],
): Promise<ExitCode> {
  const resultsFolder = resultsFolderOf(flags.results);
  const loaded = await described(experiments);
  const runs = await listRuns(resultsFolder);
  if (flags.json === true) {
    console.log(JSON.stringify({ type: 'list', experiments: loaded, runs }));
    return exitCodes.valid;
  }
  const lines = [
    ...experimentLines(loaded),
    '',
    runs.length === 0
      ? `No runs in ${shortPath(resultsFolder)} yet.`
      : `Runs in ${shortPath(resultsFolder)}, newest first`,
    ...runs.flatMap(runLines),
  ];
  console.log(lines.join('\n'));
  return exitCodes.valid;
}

/** `lab` alone: what could be run. */
export async function experimentsCommand(experiments: readonly ListedExperiment[]): Promise<ExitCode> {
  const lines = [
    ...experimentLines(await described(experiments)),
    '',
    'Run one:    npm run lab -- EXPERIMENT          its flags: npm run lab -- EXPERIMENT --help',
    'Its runs:   npm run lab -- list                everything else: npm run lab -- --help',
  ];
  console.log(lines.join('\n'));
  return exitCodes.valid;
}

interface DescribedExperiment {
  readonly id: string;
  readonly title: string;
  readonly question: string;
}

function described(experiments: readonly ListedExperiment[]): Promise<readonly DescribedExperiment[]> {
  return Promise.all(
    experiments.map(async (experiment) => {
      const { id, title, question } = await experiment.load();
      return { id, title, question };
    }),
  );
}

function experimentLines(experiments: readonly DescribedExperiment[]): string[] {
  if (experiments.length === 0) return ['There are no experiments yet.'];
  return [
    'Experiments',
    ...experiments.flatMap(({ id, title, question }) => [`  ${id}: ${title}`, `    ${question}`]),
  ];
}

function runLines(run: ListedRun): string[] {
  if (run.kind === 'unreadable')
    return [`  ${shortPath(run.folder)}`, `    cannot be read: ${printable(run.reason)}`];
  const { experimentId, folder, startedAt, targetLabel, status, isValid, verdict } = run;
  const validity = isValid === undefined ? '' : isValid ? ', valid' : ', NOT VALID';
  return [
    `  ${printable(experimentId)}/${printable(basename(folder))}  ${status}${validity}`,
    `    ${startedAt.slice(0, 16).replace('T', ' ')} UTC on ${printable(targetLabel)}${verdict === undefined ? '' : `: ${printable(verdict.headline)}`}`,
  ];
}
