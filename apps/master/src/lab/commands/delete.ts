import { deleteRun, type ExitCode, exitCodes } from '@skyground/experiment';
import { makeConfirm } from '../../confirm.ts';
import { printable } from '../../output/format.ts';
import { resultsFolderOf } from '../../paths.ts';
import { stopOnSignals } from '../../stop.ts';
import { findRun } from '../find-run.ts';
import { shortPath } from '../output/result-lines.ts';

interface DeleteFlags {
  readonly yes?: boolean;
  readonly results?: string;
}

/** `delete RUN`: for good, so the person is asked; with exit code 2 where nobody can be asked and `--yes` was not given. */
export async function deleteCommand(reference: string, flags: DeleteFlags): Promise<ExitCode> {
  const resultsFolder = resultsFolderOf(flags.results);
  const folder = await findRun(reference, resultsFolder);
  const stop = stopOnSignals();
  const confirm = makeConfirm({
    yes: flags.yes === true,
    interactive: process.stdin.isTTY === true,
    signal: stop.signal,
  });
  try {
    if (!(await confirm(`Delete ${shortPath(folder)} with its samples, for good?`))) {
      console.log('Kept.');
      return exitCodes.stopped;
    }
    // Under the same signals: stopped in the middle, what is left would lie out of sight.
    await deleteRun(folder);
    console.log(`Deleted ${shortPath(folder)}.`);
    // It may have linked to the report that is gone now.
    const { renewIndexPage } = await import('../../index-page.ts');
    const problem = await renewIndexPage(resultsFolder, stop.signal);
    if (problem !== undefined) console.error(printable(`warning: ${problem}`));
    return exitCodes.valid;
  } catch (error) {
    if (stop.signal.aborted) return exitCodes.stopped;
    throw error;
  } finally {
    stop.dispose();
  }
}
