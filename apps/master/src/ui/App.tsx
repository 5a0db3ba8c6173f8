import { useWindowSize } from 'ink';
import { type ReactElement, useEffect, useState, useSyncExternalStore } from 'react';
import { useKeys } from './keys.ts';
import { logHeightOf, Screen } from './Screen.tsx';
import type { ViewStore } from './store.ts';

interface Props {
  readonly store: ViewStore;
  readonly requestStop: () => void;
  readonly answer: (agreed: boolean) => void;
}

/** The screen in its terminal: its size, its keys, its clock. */
export function App({ store, requestStop, answer }: Props): ReactElement {
  const state = useSyncExternalStore(store.subscribe, store.get);
  const { columns, rows } = useWindowSize();
  const nowMs = useNow();
  useKeys({
    dispatch: store.key,
    requestStop,
    question: state.question,
    answer,
    pageLines: logHeightOf(rows),
  });
  return <Screen state={state} columns={columns} rows={rows} nowMs={nowMs} />;
}

/** Re-renders twice a second, for elapsed times; everything else is drawn when it happens. */
function useNow(): number {
  const [nowMs, setNowMs] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(performance.now()), 500);
    return () => clearInterval(timer);
  }, []);
  // An event may be newer than the last tick: elapsed times must not become negative.
  return Math.max(nowMs, performance.now());
}
