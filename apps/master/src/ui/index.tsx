import { render } from 'ink';
import type { ExitCode } from '../exit-codes.ts';
import type { MasterEvent } from '../events.ts';
import type { RunRequest } from '../options.ts';
import { comparisonLines } from '../output/comparison-lines.ts';
import { runMaster } from '../pipeline.ts';
import type { Stop } from '../stop.ts';
import { App } from './App.tsx';
import { ViewStore } from './store.ts';

/** Runs with the terminal UI on the alternate screen, and leaves the result in the scrollback of the normal one. */
export async function runInTerminalUi(request: RunRequest, stop: Stop): Promise<ExitCode> {
  const store = new ViewStore(() => performance.now());
  const kept: MasterEvent[] = [];
  const emit = (event: MasterEvent) => {
    if (event.type === 'compared' || event.type === 'stageFailed') kept.push(event);
    if (event.type === 'imageFinished' && event.record.status === 'error') kept.push(event);
    store.event(event);
  };

  const requestStop = () => {
    store.key({ type: 'stopping' });
    stop.request();
  };
  let answer = (_agreed: boolean) => {};
  const confirm = (question: string): Promise<boolean> => {
    if (request.yes) return Promise.resolve(true);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    answer = (agreed) => {
      store.key({ type: 'answered' });
      resolve(agreed);
    };
    stop.signal.addEventListener('abort', () => answer(false), { once: true });
    store.key({ type: 'ask', question });
    return promise;
  };

  const instance = render(<App store={store} requestStop={requestStop} answer={(agreed) => answer(agreed)} />, {
    alternateScreen: true,
    incrementalRendering: true,
    maxFps: 12,
    exitOnCtrlC: false,
    patchConsole: false,
  });
  try {
    const outcome = await runMaster(request, { emit, signal: stop.signal, confirm });
    instance.unmount();
    await instance.waitUntilExit();
    process.stdout.write(`${[...lastWords(kept), '', outcome.message].join('\n')}\n`);
    return outcome.exitCode;
  } finally {
    instance.unmount();
  }
}

/** What stays on the normal screen: failures, then the comparison. */
function lastWords(kept: readonly MasterEvent[]): string[] {
  return kept.flatMap((event) => {
    if (event.type === 'compared') return comparisonLines(event.comparison, event.boxPlot, event.report);
    if (event.type === 'imageFinished') return [`${event.side} ${event.record.image}: ${event.record.error ?? 'failed'}`];
    if (event.type === 'stageFailed') return [`FAILED: ${event.message}`];
    return [];
  });
}
