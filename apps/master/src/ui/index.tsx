import { render } from 'ink';
import type { MasterEvent } from '../events.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { RunRequest } from '../options.ts';
import { comparisonLines } from '../output/comparison-lines.ts';
import { printable } from '../output/format.ts';
import { paintFor } from '../output/paint.ts';
import { runMaster } from '../pipeline.ts';
import type { Stop } from '../stop.ts';
import { App } from './App.tsx';
import { Questions } from './questions.ts';
import { makeRunStore } from './run-store.ts';
import { screenOptions } from './screen-options.ts';

/**
 * Runs with the terminal UI on the alternate screen, and leaves the result in the scrollback of the normal one. `place` in a
 * sequence of runs stands before the title.
 */
export async function runInTerminalUi(request: RunRequest, stop: Stop, place = ''): Promise<ExitCode> {
  const store = makeRunStore(() => performance.now());
  const kept: MasterEvent[] = [];
  const emit = (event: MasterEvent) => {
    if (isKept(event)) kept.push(event);
    store.event(event);
  };
  const questions = new Questions(store, stop.signal);
  const stopping = () => store.key({ type: 'stopping' });
  stop.signal.addEventListener('abort', stopping, { once: true });

  const instance = render(
    <App store={store} place={place} requestStop={stop.request} answer={questions.answer} />,
    screenOptions,
  );
  try {
    const confirm = request.yes ? async () => true : questions.ask;
    const outcome = await runMaster(request, { emit, signal: stop.signal, confirm });
    instance.unmount();
    await instance.waitUntilExit();
    process.stdout.write(`${[...kept.flatMap(lastWords), '', printable(outcome.message)].join('\n')}\n`);
    return outcome.exitCode;
  } finally {
    // From the home screen several runs share one stop.
    stop.signal.removeEventListener('abort', stopping);
    instance.unmount();
  }
}

/** What a person wants to find on the normal screen afterwards: what went wrong, then the comparison. */
function isKept(event: MasterEvent): boolean {
  if (event.type === 'imageFinished') return event.record.status === 'error';
  return event.type === 'compared' || (event.type === 'log' && event.level !== 'info');
}

function lastWords(event: MasterEvent): string[] {
  const paint = paintFor(process.stdout);
  switch (event.type) {
    case 'compared':
      return comparisonLines(event.comparison, event.terminalChart, event.report, paint);
    case 'imageFinished':
      return [
        paint.error(printable(`${event.side} ${event.record.image}: ${event.record.error ?? 'failed'}`)),
      ];
    case 'log': {
      const text = printable(`${event.level}: ${event.message}`);
      return [event.level === 'info' ? text : paint[event.level](text)];
    }
    default:
      return [];
  }
}
