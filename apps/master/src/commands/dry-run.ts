import { type BucketDeclaration, CloudUsageError, resolveTarget } from '@skyground/cloud';
import { estimateRun } from '@skyground/cost';
import { imageProcessorDeclaration } from '@skyground/image-processor';
import { ImagingError, listImages } from '@skyground/imaging';
import { assumedDurationMs, assumedInitMs, assumedOverheadMs } from '../assumptions.ts';
import { declare, settingsOf } from '../cloud-side.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { RunOptions } from '../options.ts';
import { formatBytes, formatQuantity, formatSeconds } from '../output/format.ts';
import { stageTitles } from '../stage-ids.ts';

/** `--dry-run`: what would be done and what it would cost, without starting, asking or sending anything. */
export async function printPlan(
  options: RunOptions,
  { json }: { readonly json: boolean },
): Promise<ExitCode> {
  try {
    const plan = await planOf(options);
    console.log(json ? JSON.stringify({ type: 'plan', ...plan }) : linesOf(plan).join('\n'));
    return exitCodes.compared;
  } catch (error) {
    if (!(error instanceof CloudUsageError || error instanceof ImagingError)) throw error;
    console.error(error.message);
    return exitCodes.usage;
  }
}

/** The same as lines, for the home screen. Throws CloudUsageError and ImagingError for settings and images that cannot be. */
export async function planLines(options: RunOptions): Promise<readonly string[]> {
  return linesOf(await planOf(options));
}

type Plan = Awaited<ReturnType<typeof planOf>>;

async function planOf(options: RunOptions) {
  const images = await listImages(options.imagesDir);
  const sizeBytes = images.reduce((sum, image) => sum + image.sizeBytes, 0);
  const settings = settingsOf(options);
  const { target, notices } = resolveTarget(settings, {
    useAmbientCredentials: options.useAmbientCredentials,
    environment: process.env,
  });
  const { architecture, buckets, functions } = declare(
    options,
    imageProcessorDeclaration(settings, target, options.processing),
    target.kind,
  );
  const { memoryMb, reservedConcurrency } = functions.main;
  const bucket = (declared: BucketDeclaration | undefined) =>
    declared?.kind === 'existing' ? declared.name : 'made by deploy';
  return {
    notices,
    images: { count: images.length, dir: options.imagesDir, sizeBytes, repetitions: options.repetitions },
    onPrem: { workers: options.workers, outputDir: options.onPremOutputDir },
    cloud: {
      target: target.label,
      billed: target.kind === 'aws',
      memoryMb,
      reservedConcurrency: reservedConcurrency ?? null,
      inputBucket: bucket(buckets?.input),
      outputBucket: bucket(buckets?.output),
    },
    metricsDir: options.metricsDir,
    stages: options.stages,
    estimatedDurationMs: estimatedDurationMs(options, images.length),
    cost: estimateRun({
      images: images.length,
      repetitions: options.repetitions,
      averageSizeBytes: images.length === 0 ? 0 : sizeBytes / images.length,
      memoryMb: options.memoryMb,
      expectedDurationMs: assumedDurationMs,
      architecture: architecture === 'arm64' ? 'arm64' : 'x86_64',
      warmupImages: options.concurrency * 4,
      coldStarts: options.concurrency,
      expectedInitMs: assumedInitMs,
      listRequests: 60,
    }),
  };
}

/** Of all stages. The sides work one after the other. */
function estimatedDurationMs({ repetitions, workers, concurrency }: RunOptions, images: number): number {
  const workMs = images * repetitions * assumedDurationMs;
  return assumedOverheadMs + workMs / workers + workMs / concurrency;
}

function linesOf(plan: Plan): string[] {
  const { notices, images, onPrem, cloud, metricsDir, stages, cost } = plan;
  const environments =
    cloud.reservedConcurrency === null
      ? 'concurrency as the account allows'
      : `${cloud.reservedConcurrency} environments`;
  return [
    ...notices,
    `Images       ${images.count} from ${images.dir}, ${formatBytes(images.sizeBytes)}, each ${images.repetitions}x on both sides`,
    `On-prem      ${onPrem.workers} worker processes`,
    `Cloud        ${cloud.target}, ${cloud.memoryMb} MB, ${environments}`,
    `Buckets      in: ${cloud.inputBucket}, out: ${cloud.outputBucket}`,
    `Time         about ${formatSeconds(plan.estimatedDurationMs)} for all stages, estimated${cloud.billed ? '; deploying to a real account takes longer' : ''}`,
    `Written to   ${metricsDir}, ${onPrem.outputDir}`,
    'Stages',
    ...stages.map((id) => `  ${stageTitles[id]}`),
    '',
    `Cost on AWS, modelled: $${cost.totalUsd.toFixed(4)} (list prices of ${cost.region}, ${cost.pricesReadOn}; ${assumedDurationMs} ms an image assumed)`,
    ...cost.lines.map(
      ({ service, item, quantity, unit, amountUsd }) =>
        `  $${amountUsd.toFixed(6)}  ${service}, ${item}: ${formatQuantity(quantity)} ${unit}`,
    ),
    `  ${cost.freeTierNote}`,
    ...(cloud.billed ? [] : ['  This target is not a real account: the run itself costs nothing.']),
  ];
}
