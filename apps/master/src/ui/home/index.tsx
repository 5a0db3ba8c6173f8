import { render } from 'ink';
import { messageOf } from '../../errors.ts';
import { exitCodes } from '../../exit-codes.ts';
import { runExperimentUntil } from '../../lab/commands/run.ts';
import { printable } from '../../output/format.ts';
import { paintFor } from '../../output/paint.ts';
import type { Stop } from '../../stop.ts';
import { runInTerminalUi } from '../index.tsx';
import { screenOptions } from '../screen-options.ts';
import { ViewStore } from '../store.ts';
import type { HomeEntry } from './entry.ts';
import { HomeApp } from './HomeApp.tsx';
import { loadEntries } from './load-entries.ts';
import { isMistake } from './plan-blocks.ts';
import { reduceHomeKey } from './reduce-key.ts';
import { type RunResult, resultBlocks, summaryLines, worstOf } from './results.ts';
import { type HomeContent, HomeSession, type Wish } from './session.ts';
import { type HomeAction, type HomeEvent, type HomeState, initialHome, reduceHomeEvent } from './state.ts';

/**
 * The home screen, and what is run from it, until the person leaves. Each run has its own screen and leaves its result in the
 * scrollback. Returns the exit code: the worst of the runs that were started last, 0 without any, 130 after a stop.
 */
export async function openHome(content: HomeContent, stop: Stop): Promise<number> {
  let state = initialHome();
  let results: readonly RunResult[] = [];
  while (true) {
    const wish = await atHome(state, content, stop);
    if (stop.signal.aborted) return exitCodes.stopped;
    if (wish.kind === 'leave') return worstOf(results);
    results = await runAll(wish.entries, content, stop);
    if (stop.signal.aborted) return exitCodes.stopped;
    const { metricsDir } = content.comparison.options;
    const entries = await loadEntries(content.experiments, { ...content, metricsDir });
    const page = { kind: 'results', blocks: resultBlocks(results, entries), scrolled: 0 } as const;
    state = initialHome(page, wish.selected);
  }
}

async function atHome(state: HomeState, content: HomeContent, stop: Stop): Promise<Wish> {
  const store = new ViewStore<HomeState, HomeEvent, HomeAction>(
    state,
    { event: reduceHomeEvent, key: reduceHomeKey },
    () => performance.now(),
  );
  const session = new HomeSession(store, content, stop.signal);
  const stopped = () => session.press({ type: 'leave' });
  stop.signal.addEventListener('abort', stopped, { once: true });
  const instance = render(
    <HomeApp store={store} press={(key) => (key.type === 'stop' ? stop.request() : session.press(key))} />,
    screenOptions,
  );
  try {
    session.loadMissing();
    return await session.wish;
  } finally {
    stop.signal.removeEventListener('abort', stopped);
    instance.unmount();
    await instance.waitUntilExit();
  }
}

/** One after the other. One that fails does not keep the rest from running; a stop does. */
async function runAll(
  entries: readonly HomeEntry[],
  content: HomeContent,
  stop: Stop,
): Promise<readonly RunResult[]> {
  const results: RunResult[] = [];
  for (const [index, entry] of entries.entries()) {
    if (stop.signal.aborted) break;
    const title = printable(entry.title);
    const place = entries.length === 1 ? '' : `${index + 1} of ${entries.length}: `;
    process.stdout.write(`\n${paintFor(process.stdout).headline(`${place}${title}`)}\n`);
    results.push({ id: entry.id, title, ...(await runOne(entry, place, content, stop)) });
  }
  if (results.length > 1) process.stdout.write(`\n${summaryLines(results).join('\n')}\n`);
  return results;
}

async function runOne(
  entry: HomeEntry,
  place: string,
  content: HomeContent,
  stop: Stop,
): Promise<Pick<RunResult, 'exitCode' | 'reason'>> {
  try {
    if (entry.kind === 'comparison') {
      return { exitCode: await runInTerminalUi(content.comparison, stop, place) };
    }
    if (entry.kind === 'broken') return { exitCode: exitCodes.failed, reason: entry.reason };
    const flags = { results: content.resultsFolder };
    const { experiment, title } = entry;
    return { exitCode: await runExperimentUntil(stop, experiment, flags, `${place}${title}`) };
  } catch (error) {
    const reason = messageOf(error);
    process.stdout.write(`${printable(reason)}\n`);
    return { exitCode: isMistake(error) ? exitCodes.usage : exitCodes.failed, reason };
  }
}
