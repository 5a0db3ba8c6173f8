import { mkdir } from 'node:fs/promises';
import { loadavg } from 'node:os';
import type { Target } from '@skyground/cloud';
import { inputKey } from '@skyground/image-processor';
import type { Judgement } from '../doctor/check.ts';
import { freeBytesOf, judgeDisk } from '../doctor/checks/disk.ts';
import { judgeFolder, probeFolder } from '../doctor/checks/folders.ts';
import { judgeNode } from '../doctor/checks/node.ts';
import { judgeSharp, probeSharp } from '../doctor/checks/sharp.ts';
import { messageOf, StageError, UsageError } from '../errors.ts';
import type { Stage, StageContext } from '../stage.ts';

/** Everything that would otherwise fail in the middle of a run: said now, by name, with what to do. `doctor` looks further. */
export const checkStage: Stage = {
  id: 'check',
  async run(context) {
    const { metricsDir, onPremOutputDir } = context.options;
    refuse(judgeNode(process.versions.node));
    const sharp = await probeSharp();
    refuse(judgeSharp(sharp));
    await checkFolder(metricsDir, '--output');
    await checkFolder(onPremOutputDir, '--on-prem-output');
    await checkDisk(context);
    warnOfLoad(context);
    // Checking alone checks everything.
    const onlyChecks = context.stages.every((stage) => stage === 'check');
    const needsCloud =
      onlyChecks || context.stages.some((stage) => !['check', 'on-prem', 'compare'].includes(stage));
    if (needsCloud) checkNames(context);
    const target = needsCloud ? await describeTarget(context) : 'the cloud side is not needed';
    const libvips = sharp.kind === 'works' ? sharp.libvips : 'unknown';
    return `Node ${process.versions.node}, libvips ${libvips}, ${target}`;
  },
};

function refuse(judgement: Judgement): void {
  if (judgement.status === 'problem') throw new StageError(`${judgement.seen}.`, judgement.advice);
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
  refuse(judgeFolder(await probeFolder(dir), flag));
  await mkdir(dir, { recursive: true });
}

async function checkDisk({ options, images }: StageContext): Promise<void> {
  const { metricsDir: dir, repetitions } = options;
  const imagesBytes = images.reduce((sum, image) => sum + image.sizeBytes, 0);
  refuse(judgeDisk({ dir, freeBytes: await freeBytesOf(dir), imagesBytes, repetitions }));
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
