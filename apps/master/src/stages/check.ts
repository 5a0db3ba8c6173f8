import { constants } from 'node:fs';
import { access, mkdir, statfs } from 'node:fs/promises';
import { loadavg } from 'node:os';
import type { Target } from '@skyground/cloud';
import { inputKey } from '@skyground/image-processor';
import { StageError, UsageError } from '../errors.ts';
import { messageOf } from '../outcome.ts';
import { formatBytes } from '../output/format.ts';
import type { Stage, StageContext } from '../stage.ts';

const minimumNodeMajor = 24;

/** Everything that would otherwise fail in the middle of a run: said now, by name, with what to do. */
export const checkStage: Stage = {
  id: 'check',
  async run(context) {
    checkNode();
    const { default: sharp } = await import('sharp').catch((cause: unknown) => {
      throw new StageError(
        'sharp could not be loaded on this machine.',
        'Delete node_modules and run the command again.',
        { cause },
      );
    });
    await checkFolder(context.options.metricsDir, '--output');
    await checkFolder(context.options.onPremOutputDir, '--on-prem-output');
    await checkDisk(context);
    warnOfLoad(context);
    // Checking alone checks everything.
    const onlyChecks = context.stages.every((stage) => stage === 'check');
    const needsCloud =
      onlyChecks || context.stages.some((stage) => !['check', 'on-prem', 'compare'].includes(stage));
    if (needsCloud) checkNames(context);
    const target = needsCloud ? await describeTarget(context) : 'the cloud side is not needed';
    return `Node ${process.versions.node}, libvips ${sharp.versions.vips}, ${target}`;
  },
};

function checkNode(): void {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < minimumNodeMajor) {
    throw new StageError(
      `expected Node ${minimumNodeMajor}, the Lambda runtime's version, but this is Node ${process.versions.node}.`,
      'Start it with `npm run master`, which uses the Node that the repository installs.',
    );
  }
}

/** Not every file name can be an S3 key: said before the on-prem side has worked for minutes, not after. */
function checkNames({ images, runId }: StageContext): void {
  for (const { name } of images) {
    try {
      inputKey({ runId, repetition: 1, image: name });
    } catch (cause) {
      throw new UsageError(messageOf(cause), { cause });
    }
  }
}

async function checkFolder(dir: string, flag: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true });
    await access(dir, constants.W_OK);
  } catch (cause) {
    throw new StageError(
      `expected a writable folder for ${flag} but ${dir} is not.`,
      'Choose another folder.',
      { cause },
    );
  }
}

async function checkDisk(context: StageContext): Promise<void> {
  const { bavail, bsize } = await statfs(context.options.metricsDir);
  const freeBytes = bavail * bsize;
  const imagesBytes = context.images.reduce((sum, image) => sum + image.sizeBytes, 0);
  // Uploads are stored once each by the embedded cloud; outputs on both sides are smaller than inputs as a rule.
  const neededBytes = imagesBytes * (context.options.repetitions + 2) + 100_000_000;
  if (freeBytes < neededBytes) {
    throw new StageError(
      `expected ${formatBytes(neededBytes)} of free disk for this run but there are ${formatBytes(freeBytes)}.`,
      'Free some, or use fewer --repetitions.',
    );
  }
}

function warnOfLoad(context: StageContext): void {
  const [lastMinute = 0] = loadavg();
  if (lastMinute > context.options.workers) {
    context.emit({
      type: 'log',
      level: 'warning',
      message: `this machine is busy (load ${lastMinute.toFixed(1)}): figures will be noisier than on an idle one`,
    });
  }
}

async function describeTarget(context: StageContext): Promise<string> {
  const { clients, identity } = await context.cloud();
  const { target } = clients;
  await context.updateState({ targetLabel: target.label });
  const where = 'endpoint' in target ? target.endpoint : identity.region;
  return `${target.label}: account ${identity.accountId}, ${where}${cpuShareOf(target)}`;
}

function cpuShareOf(target: Target): string {
  if (target.kind !== 'local') return '';
  return target.cpuShare.kind === 'off' ? ', CPU share off' : `, AWS's CPU share by ${target.cpuShare.means}`;
}
