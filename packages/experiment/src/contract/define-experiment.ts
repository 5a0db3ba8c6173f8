import { UsageError } from '../errors.ts';
import { columnsOf } from './columns.ts';
import type { Experiment } from './experiment.ts';
import { describeParameters } from './parameters.ts';

const idForm = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Takes an experiment as it was declared, or throws UsageError that names what its declaration lacks. */
export function defineExperiment<Parameters extends object, Sample extends object, Summary>(
  declared: Experiment<Parameters, Sample, Summary>,
): Experiment<Parameters, Sample, Summary> {
  const { id, title, question, parameters, sample } = declared;
  if (!idForm.test(id)) {
    throw new UsageError(
      `An experiment's id is lower-case words with hyphens, such as fan-in: got ${JSON.stringify(id)}.`,
    );
  }
  if (title.trim() === '' || question.trim() === '') {
    throw new UsageError(`Experiment ${id}: expected a title and a question, one sentence each.`);
  }
  try {
    describeParameters(parameters);
    columnsOf(sample);
  } catch (error) {
    if (error instanceof UsageError) {
      throw new UsageError(`Experiment ${id}: ${error.message}`, { cause: error });
    }
    throw error;
  }
  return declared;
}
