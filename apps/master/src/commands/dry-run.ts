import { resolveTarget } from '@skyground/cloud';
import { estimateRun } from '@skyground/cost';
import { listImages } from '@skyground/imaging';
import { imageProcessorDeclaration } from '@skyground/image-processor';
import { declare, settingsOf } from '../cloud-side.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { RunOptions } from '../options.ts';
import { formatBytes } from '../output/format.ts';
import { stageTitles } from '../stage-ids.ts';

/** Assumed for the estimate, and said so: nothing has been measured yet when a person asks what a run would cost. */
const assumedDurationMs = 400;
const assumedInitMs = 600;

/** `--dry-run`: what would be done and what it would cost, without starting, asking or sending anything. */
export async function printPlan(options: RunOptions): Promise<ExitCode> {
  const images = await listImages(options.imagesDir);
  const totalBytes = images.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const settings = settingsOf(options);
  const { target, notices } = resolveTarget(settings, {
    useAmbientCredentials: options.useAmbientCredentials,
    environment: process.env,
  });
  const { function: fn, inputBucket, outputBucket } = declare(options, imageProcessorDeclaration(settings, target), target.kind);
  const bucket = (choice: typeof inputBucket) => (choice.kind === 'own' ? 'made by deploy' : choice.name);
  console.log(
    [
      ...notices,
      `Images       ${images.length} from ${options.imagesDir}, ${formatBytes(totalBytes)}, each ${options.repetitions}x on both sides`,
      `On-prem      ${options.workers} worker processes`,
      `Cloud        ${target.label}, ${fn.memoryMb} MB, ${fn.reservedConcurrency === undefined ? 'concurrency as the account allows' : `${fn.reservedConcurrency} environments`}`,
      `Buckets      in: ${bucket(inputBucket)}, out: ${bucket(outputBucket)}`,
      `Written to   ${options.metricsDir}, ${options.onPremOutputDir}`,
      'Stages',
      ...options.stages.map((id) => `  ${stageTitles[id]}`),
      '',
      ...costLines(options, images.length, totalBytes, fn.architecture === 'arm64' ? 'arm64' : 'x86_64', target.kind === 'aws'),
    ].join('\n'),
  );
  return exitCodes.compared;
}

function costLines(options: RunOptions, images: number, totalBytes: number, architecture: 'arm64' | 'x86_64', billed: boolean): string[] {
  const estimate = estimateRun({
    images,
    repetitions: options.repetitions,
    averageSizeBytes: images === 0 ? 0 : totalBytes / images,
    memoryMb: options.memoryMb,
    expectedDurationMs: assumedDurationMs,
    architecture,
    warmupImages: options.concurrency * 4,
    coldStarts: options.concurrency,
    expectedInitMs: assumedInitMs,
    listRequests: 60,
  });
  return [
    `Cost on AWS, modelled: $${estimate.totalUsd.toFixed(4)} (list prices of ${estimate.priceRegion}, ${estimate.priceDate}; ${assumedDurationMs} ms an image assumed)`,
    ...estimate.items.map(({ label, quantity, unit, usd }) => `  $${usd.toFixed(6)}  ${label}: ${quantity.toPrecision(3)} ${unit}`),
    `  ${estimate.freeTierNote}`,
    ...(billed ? [] : ['  This target is not a real account: the run itself costs nothing.']),
  ];
}
