import { fileURLToPath } from 'node:url';
import { readCsv } from '@skyground/metrics';
import * as z from 'zod';

import { IrisError } from '../errors.ts';
import type { LabelledRow } from '../model/train.ts';

export const IRIS_TABLE = fileURLToPath(new URL('../../data/iris.csv', import.meta.url));

/** In the order of the table's columns and of every row that is predicted. */
export const FEATURES = ['sepal_length_cm', 'sepal_width_cm', 'petal_length_cm', 'petal_width_cm'] as const;
/** In the order of the classes' indices. */
export const SPECIES = ['setosa', 'versicolor', 'virginica'] as const;

const HEADER = [...FEATURES, 'species'];

const centimetres = z
  .string()
  .regex(/^\d\.\d$/, 'expected centimetres with one decimal, such as 5.1')
  .transform(Number);
const flowerSchema = z.tuple([centimetres, centimetres, centimetres, centimetres, z.enum(SPECIES)]);

/** Every row of a table of flowers. IrisError with file and line for anything that is not of its form. */
export async function readIris(path: string): Promise<readonly LabelledRow[]> {
  const flowers: LabelledRow[] = [];
  let isHeaderRead = false;
  const onTornLine = ({ line }: { readonly line: number }): never => {
    throw new IrisError(`${path}, line ${line}: expected a line end, but the file stops. Restore it.`);
  };
  for await (const { cells, line } of readCsv({ path }, onTornLine)) {
    if (!isHeaderRead) {
      if (cells.join() !== HEADER.join())
        throw new IrisError(`${path}: expected the header ${HEADER.join()}, received ${cells.join()}.`);
      isHeaderRead = true;
      continue;
    }
    const { data, error } = flowerSchema.safeParse(cells);
    if (data === undefined)
      throw new IrisError(`${path}, line ${line}: ${z.prettifyError(error)}`, { cause: error });
    const [sepalLength, sepalWidth, petalLength, petalWidth, species] = data;
    flowers.push({
      features: [sepalLength, sepalWidth, petalLength, petalWidth],
      label: SPECIES.indexOf(species),
    });
  }
  return flowers;
}
