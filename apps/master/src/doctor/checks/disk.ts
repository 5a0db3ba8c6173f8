import { statfs } from 'node:fs/promises';
import { formatBytes } from '../../output/format.ts';
import { defineCheck, type Judgement } from '../check.ts';
import { nearestExisting } from './folders.ts';

interface DiskSeen {
  /** The least that any of the folders has. */
  readonly freeBytes: number;
  readonly dir: string;
  readonly imagesBytes: number;
  readonly repetitions: number;
}

/** For what is not images: charts, logs, the function's zip, the embedded cloud's database. */
const spareBytes = 100_000_000;

export const diskCheck = defineCheck({
  id: 'disk',
  title: 'Free disk',
  after: ['images'],
  probe: async ({ folders }): Promise<DiskSeen> => {
    const { listImages } = await import('@skyground/imaging');
    const { images, metrics, results, onPremOutput, state } = folders;
    const imagesBytes = (await listImages(images)).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const free = await Promise.all(
      [metrics, results, onPremOutput, state].map(async (dir) => ({
        dir,
        freeBytes: await freeBytesOf(dir),
      })),
    );
    const least = free.reduce((a, b) => (b.freeBytes < a.freeBytes ? b : a));
    return { ...least, imagesBytes, repetitions: 1 };
  },
  judge: judgeDisk,
});

/** Of the disk of a folder that need not be there yet. */
export async function freeBytesOf(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(nearestExisting(dir));
  return bavail * bsize;
}

export function judgeDisk({ freeBytes, dir, imagesBytes, repetitions }: DiskSeen): Judgement {
  // Uploads are stored once each by the embedded cloud; outputs on both sides are smaller than inputs as a rule.
  const neededBytes = imagesBytes * (repetitions + 2) + spareBytes;
  if (freeBytes >= neededBytes) {
    return {
      status: 'ok',
      seen: `${formatBytes(freeBytes)}, of which a run takes up to ${formatBytes(neededBytes)}`,
    };
  }
  return {
    status: 'problem',
    seen: `expected ${formatBytes(neededBytes)} of free disk for a run but there are ${formatBytes(freeBytes)} for ${dir}`,
    advice: 'Free some, or use fewer images or fewer --repetitions.',
  };
}
