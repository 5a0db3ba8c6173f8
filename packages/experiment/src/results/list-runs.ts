import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Verdict } from '../contract/experiment.ts';
import { hasCode, messageOf, RunFolderError, UsageError } from '../errors.ts';
import { runIdForm } from '../run/run-folder.ts';
import { type RunStatus, showRun } from './show-run.ts';

export type ListedRun =
  | {
      readonly kind: 'run';
      readonly folder: string;
      readonly experimentId: string;
      readonly runId: string;
      readonly startedAt: string;
      readonly targetLabel: string;
      readonly status: RunStatus;
      /** undefined until it has been derived. */
      readonly verdict: Verdict | undefined;
      readonly isValid: boolean | undefined;
    }
  /** Of another version, or damaged; `reason` says which and what to do. */
  | { readonly kind: 'unreadable'; readonly folder: string; readonly reason: string };

/** All runs below a results folder, newest first; other files and folders there are none of ours and left out. Throws UsageError for a folder that cannot be read. */
export async function listRuns(resultsFolder: string): Promise<readonly ListedRun[]> {
  const folders: string[] = [];
  for (const experiment of await subfolders(resultsFolder)) {
    for (const run of await subfolders(join(resultsFolder, experiment))) {
      if (runIdForm.test(run)) folders.push(join(resultsFolder, experiment, run));
    }
  }
  const runs: ListedRun[] = [];
  for (const folder of folders) runs.push(await listed(folder));
  return runs.toSorted((a, b) => newest(b).localeCompare(newest(a), 'en'));
}

async function listed(folder: string): Promise<ListedRun> {
  try {
    const { manifest, status, verdict, isValid } = await showRun(folder);
    return {
      kind: 'run',
      folder,
      experimentId: manifest.experiment.id,
      runId: manifest.runId,
      startedAt: manifest.sessions[0]?.startedAt ?? '',
      targetLabel: manifest.targetLabel,
      status,
      verdict,
      isValid,
    };
  } catch (error) {
    if (!(error instanceof RunFolderError)) throw error;
    return { kind: 'unreadable', folder, reason: messageOf(error) };
  }
}

/** The name of a run folder is its time. */
function newest({ folder }: ListedRun): string {
  return basename(folder);
}

async function subfolders(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw new UsageError(
      `${folder} cannot be read as a folder of runs (${messageOf(error)}): name another, or mend its permissions.`,
      { cause: error },
    );
  }
}
