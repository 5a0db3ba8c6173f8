import type { EmitRunEvent, RunEvent, RunOutcome } from '@skyground/experiment';
import { render } from 'ink';
import { printable } from '../../output/format.ts';
import { paintFor } from '../../output/paint.ts';
import type { Stop } from '../../stop.ts';
import { screenOptions } from '../screen-options.ts';
import { ViewStore } from '../store.ts';
import { LiveApp } from './LiveApp.tsx';
import { initialLive, type LiveAction, type LiveState, reduceLiveKey, reduceRunEvent } from './state.ts';

/**
 * Shows an experiment while it runs, on the alternate screen. In the scrollback of the normal one it leaves what went wrong on
 * the way; the result is for the caller to add.
 */
export async function watchInTerminalUi(
  title: string,
  start: (emit: EmitRunEvent, signal: AbortSignal) => Promise<RunOutcome>,
  stop: Stop,
): Promise<RunOutcome> {
  const now = () => performance.now();
  const store = new ViewStore<LiveState, RunEvent, LiveAction>(
    initialLive(title, now()),
    { event: reduceRunEvent, key: reduceLiveKey },
    now,
  );
  const problems: string[] = [];
  const paint = paintFor(process.stdout);
  const emit: EmitRunEvent = (event) => {
    if (event.type === 'log' && event.level !== 'info') {
      problems.push(paint[event.level](printable(`${event.level}: ${event.message}`)));
    }
    store.event(event);
  };
  const stopping = () => store.key({ type: 'stopping' });
  stop.signal.addEventListener('abort', stopping, { once: true });
  const instance = render(<LiveApp store={store} requestStop={stop.request} />, screenOptions);
  try {
    const outcome = await start(emit, stop.signal);
    instance.unmount();
    await instance.waitUntilExit();
    for (const line of problems) process.stdout.write(`${line}\n`);
    return outcome;
  } finally {
    stop.signal.removeEventListener('abort', stopping);
    instance.unmount();
  }
}
