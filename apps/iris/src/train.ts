import { fileURLToPath } from 'node:url';
import { writeAtomically } from '@skyground/metrics';
import { proportionInterval } from '@skyground/statistics';

import { leaveOneOutCorrect } from './model/leave-one-out.ts';
import { modelFiles } from './model/model-files.ts';
import { TRAINING } from './model/train.ts';
import { IRIS_TABLE, readIris, SPECIES } from './table/read-iris.ts';

const rows = await readIris(IRIS_TABLE);
console.log(
  `Trained on ${rows.length} rows: multinomial logistic regression, standardised features, L2 ${TRAINING.l2}, ${TRAINING.iterations} iterations.`,
);
for (const [name, content] of Object.entries(modelFiles(rows))) {
  await writeAtomically(fileURLToPath(new URL(`../model/${name}`, import.meta.url)), content);
  console.log(`  model/${name}  ${Buffer.byteLength(content)} bytes`);
}
console.log(`Leave-one-out: training ${rows.length} times on all rows but one ...`);
const correct = leaveOneOutCorrect(rows, SPECIES.length, TRAINING);
const { estimate, low, high } = proportionInterval(correct, rows.length);
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
console.log(
  `  ${correct} of ${rows.length} right: ${percent(estimate)} (95 % interval ${percent(low)} to ${percent(high)}, Wilson score).
  L2 was chosen between two values by this same leave-one-out, so the figure is slightly optimistic: no row was kept from that choice.`,
);
