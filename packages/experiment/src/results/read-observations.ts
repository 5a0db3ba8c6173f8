import type { AnyExperiment } from '../contract/experiment.ts';
import type { Observation } from '../observation.ts';
import { refuseOther } from '../run/derive.ts';
import { readManifest } from '../run/manifest.ts';
import { readSamples } from '../run/samples-file.ts';

/** What a run measured, one for each row that is whole; throws RunFolderError where its files cannot be read. */
export async function readObservations(
  experiment: AnyExperiment,
  folder: string,
): Promise<readonly Observation[]> {
  refuseOther(experiment, await readManifest(folder), folder);
  return (await readSamples(experiment, folder)).map((sample) => experiment.observe(sample));
}
