import { existsSync } from 'node:fs';
import { mkdtemp, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { messageOf } from '../../errors.ts';
import { type Check, defineCheck, type Judgement, type Surroundings } from '../check.ts';

interface FolderSeen {
  readonly dir: string;
  readonly exists: boolean;
  /** What the attempt to write ended with; undefined where it succeeded. */
  readonly refusal: string | undefined;
}

/** Each folder that is written to, by an attempt: permissions alone do not tell of read-only disks and of files in the way. */
export const folderChecks: readonly Check[] = [
  folderCheck('metrics-folder', 'Metrics folder', 'metrics'),
  folderCheck('results-folder', 'Results folder', 'results'),
  folderCheck('on-prem-output-folder', 'On-prem outputs', 'onPremOutput'),
  folderCheck('state-folder', 'State folder', 'state'),
];

function folderCheck(id: string, title: string, name: keyof Surroundings['folders']): Check {
  return defineCheck({
    id,
    title,
    probe: ({ folders }) => probeFolder(folders[name]),
    judge: (seen) => judgeFolder(seen),
  });
}

/** Makes a folder in it, or in the nearest folder above that is there, and takes it away again. */
export async function probeFolder(dir: string): Promise<FolderSeen> {
  const exists = existsSync(dir);
  try {
    await rmdir(await mkdtemp(join(nearestExisting(dir), '.skyground-doctor-')));
    return { dir, exists, refusal: undefined };
  } catch (error) {
    return { dir, exists, refusal: messageOf(error) };
  }
}

/** @param flag what chooses another folder, where something does */
export function judgeFolder({ dir, exists, refusal }: FolderSeen, flag?: string): Judgement {
  if (refusal === undefined)
    return { status: 'ok', seen: `${dir} ${exists ? 'is writable' : 'can be made'}` };
  return {
    status: 'problem',
    seen: `expected a writable folder${flag === undefined ? '' : ` for ${flag}`} but ${dir} is not (${refusal})`,
    advice: 'Give yourself write access to it, or choose another folder.',
  };
}

/** The folder itself where it is there, else the nearest one above it that is. */
export function nearestExisting(dir: string): string {
  return existsSync(dir) ? dir : nearestExisting(dirname(dir));
}
