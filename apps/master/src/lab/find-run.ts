import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type AnyExperiment, listRuns, readManifest } from '@skyground/experiment';
import { UsageError } from '../errors.ts';
import type { ListedExperiment } from '../experiments.ts';
import { fromWhereThePersonStood } from '../paths.ts';

/**
 * The folder of the run that a person means: a path, `<experiment>/<run id>`, a run id, or `<experiment>` for its newest.
 * Throws UsageError where there is none, or several.
 */
export async function findRun(reference: string, resultsFolder: string): Promise<string> {
  const wanted = reference.replace(/\/+$/, '');
  const places = wanted === '' ? [] : [fromWhereThePersonStood(wanted), join(resultsFolder, wanted)];
  const place = places.find((folder) => existsSync(join(folder, 'manifest.json')));
  if (place !== undefined) return place;
  // Newest first.
  const folders = (await listRuns(resultsFolder)).map(({ folder }) => folder);
  const newest = folders.find((folder) => basename(dirname(folder)) === wanted);
  if (newest !== undefined) return newest;
  const named = folders.filter((folder) => basename(folder) === wanted);
  if (named.length > 1) {
    const choices = named.map((folder) => `${basename(dirname(folder))}/${wanted}`);
    throw new UsageError(`Run ${wanted} could be ${choices.join(' or ')}: name one of them.`);
  }
  if (named[0] !== undefined) return named[0];
  throw new UsageError(
    `expected a run but found none for ${JSON.stringify(reference)} in ${resultsFolder}. Name its folder, its id, EXPERIMENT/ID, or an experiment for its newest run; \`npm run lab -- list\` shows them.`,
  );
}

/** The experiment that made the run. Throws UsageError where the list has it no longer. */
export async function experimentOfRun(
  folder: string,
  experiments: readonly ListedExperiment[],
): Promise<AnyExperiment> {
  const { id } = (await readManifest(folder)).experiment;
  return loadExperiment(id, experiments);
}

async function loadExperiment(id: string, experiments: readonly ListedExperiment[]): Promise<AnyExperiment> {
  const listed = experiments.find((experiment) => experiment.id === id);
  if (listed !== undefined) return listed.load();
  const known = experiments.map((experiment) => experiment.id).join(', ');
  throw new UsageError(`There is no experiment called ${JSON.stringify(id)}. There are: ${known}.`);
}
