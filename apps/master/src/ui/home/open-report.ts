import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runFiles } from '../../paths.ts';
import { type HomeState, isOfComparison, runInSight } from './state.ts';

/** What o opens: the report of the run in sight, or on the list of experiments the page of all newest charts. */
export function pageForBrowser(state: HomeState): string | undefined {
  if (state.page.kind === 'experiments') return state.indexPage;
  const folder = runInSight(state);
  if (folder === undefined) return undefined;
  return isOfComparison(state) ? join(runFiles(folder).charts, 'index.html') : join(folder, 'report.html');
}

/** Opens the page in a browser where there is a display to show it on. Says what became of it, in a line. */
export async function openReport(path: string, environment: NodeJS.ProcessEnv): Promise<string> {
  if (!existsSync(path)) return `There is no report yet: expected ${path}.`;
  const browser = browserOf(environment);
  if (browser === undefined) return `No browser can be shown from here. The page: ${path}`;
  const { promise, resolve } = Promise.withResolvers<string>();
  // It belongs to the person from here on: it outlives us, and what it prints is not for our screen.
  const child = spawn(browser, [path], { detached: true, stdio: 'ignore' });
  child.once('error', () => resolve(`${browser} could not be started. The page: ${path}`));
  child.once('spawn', () => resolve(`Opened with ${browser}: ${path}`));
  child.unref();
  return promise;
}

/** undefined where nobody could see it. */
function browserOf(environment: NodeJS.ProcessEnv): string | undefined {
  const set = (name: string) => (environment[name] ?? '') !== '';
  if (process.platform === 'darwin') return set('BROWSER') ? environment['BROWSER'] : 'open';
  if (!set('DISPLAY') && !set('WAYLAND_DISPLAY')) return undefined;
  return set('BROWSER') ? environment['BROWSER'] : 'xdg-open';
}
