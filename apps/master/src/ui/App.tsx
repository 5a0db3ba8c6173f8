import { useWindowSize } from 'ink';
import { type ReactElement, useSyncExternalStore } from 'react';
import { useKeys } from './keys.ts';
import type { RunStore } from './run-store.ts';
import { logHeightOf, Screen } from './Screen.tsx';
import { useNow } from './use-now.ts';

interface Props {
  readonly store: RunStore;
  /** In a sequence of runs. */
  readonly place: string;
  readonly requestStop: () => void;
  readonly answer: (agreed: boolean) => void;
}

/** The screen in its terminal: its size, its keys, its clock. */
export function App({ store, place, requestStop, answer }: Props): ReactElement {
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
  return <Screen state={state} place={place} columns={columns} rows={rows} nowMs={nowMs} />;
}
