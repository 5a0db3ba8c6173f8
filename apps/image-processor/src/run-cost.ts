import { estimateRun } from '@skyground/cost';

import type { ImageProcessorDeclaration } from './declaration.ts';

/** What a run is assumed to be where nobody has said yet: nothing is measured at the time of a dry run. */
const ASSUMED = {
  images: 100,
  averageSizeBytes: 1_000_000,
  durationMs: 400,
  initMs: 600,
  environments: 10,
} as const;

/** One sentence: what a run of an ordinary size would cost on a real account. Modelled, with the date of the prices. */
export function runCostSentence({ architecture, functions }: ImageProcessorDeclaration): string {
  const { totalUsd, region, pricesReadOn } = estimateRun({
    images: ASSUMED.images,
    repetitions: 1,
    averageSizeBytes: ASSUMED.averageSizeBytes,
    memoryMb: functions.main.memoryMb,
    expectedDurationMs: ASSUMED.durationMs,
    architecture: architecture === 'x64' ? 'x86_64' : 'arm64',
    coldStarts: ASSUMED.environments,
    expectedInitMs: ASSUMED.initMs,
  });
  return (
    `Deploying costs nothing. A run of ${ASSUMED.images} images of 1 MB would cost $${totalUsd.toFixed(4)} on AWS (modelled: list prices of ` +
    `${region} of ${pricesReadOn}, ${ASSUMED.durationMs} ms an image assumed); npm run master -- --dry-run prices your own images.`
  );
}
