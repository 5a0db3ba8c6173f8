// The subject: runOnPrem as a user gets it, rows and events included, one worker per core.
import { statSync } from 'node:fs';
import { basename, join } from 'node:path';

import { runOnPrem } from '../src/index.ts';
import { parseArm, printSeconds } from './arm.ts';

const { paths, outputDir, cores } = parseArm();
const summary = await runOnPrem({
  runId: `bench-${process.pid}`,
  images: paths.map((path) => ({ name: basename(path), path, sizeBytes: statSync(path).size })),
  workers: cores,
  repetitions: 1,
  warmupImages: 4,
  outputDir,
  metricsFile: join(outputDir, `${process.pid}.csv`),
  onEvent: () => undefined,
});
if (summary.okRows !== paths.length) throw new Error(`${summary.errorRows} images failed`);
printSeconds(summary.durationMs);
