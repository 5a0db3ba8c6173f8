import type { RunFile } from '../contract/experiment.ts';
import { ourNames } from './our-names.ts';

/** No dot or hyphen first: nothing hidden, no `..`, nothing that a command would take for an option. */
const pathForm = /^\w[\w.-]*(\/\w[\w.-]*)*$/;

/** Whether an experiment may have a file there. Some file systems know no capitals, so `Report.html` is the report's place too. */
export function isRunFilePath(path: string): boolean {
  const [first = ''] = path.toLowerCase().split('/');
  return pathForm.test(path) && !ourNames.has(first) && !first.startsWith('report.');
}

/** Throws TypeError, a mistake of who declared the experiment, for the first path that cannot be one of these files'. */
export function refuseWrongPaths(files: readonly RunFile[]): void {
  const taken = new Set<string>();
  const folders = new Set<string>();
  for (const { path } of files) {
    const place = path.toLowerCase();
    if (!isRunFilePath(path)) {
      throw new TypeError(
        `A file's path leads from the run folder to a name of its own, of letters, digits, _ - and ., such as locust_logs/stats.csv; names of the runner (${[...ourNames].join(', ')}, report.*) are taken. Got ${JSON.stringify(path)}.`,
      );
    }
    if (taken.has(place) || folders.has(place) || foldersOf(place).some((folder) => taken.has(folder))) {
      throw new TypeError(
        `Every file of an experiment has a place of its own, where no other is and none is a folder of another: ${JSON.stringify(path)} has not.`,
      );
    }
    taken.add(place);
    for (const folder of foldersOf(place)) folders.add(folder);
  }
}

/** `a/b/c.csv` -> `a`, `a/b`. */
export function foldersOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
