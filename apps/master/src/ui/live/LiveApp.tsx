import type { RunEvent } from '@skyground/experiment';
import { useWindowSize } from 'ink';
import { type ReactElement, useSyncExternalStore } from 'react';
import { useKeys } from '../keys.ts';
import type { ViewStore } from '../store.ts';
import { useNow } from '../use-now.ts';
import { heightsOf, LiveScreen } from './LiveScreen.tsx';
import type { LiveAction, LiveState } from './state.ts';

interface Props {
  readonly store: ViewStore<LiveState, RunEvent, LiveAction>;
  readonly requestStop: () => void;
}

/** The screen in its terminal: its size, its keys, its clock. */
export function LiveApp({ store, requestStop }: Props): ReactElement {
  const state = useSyncExternalStore(store.subscribe, store.get);
  const { columns, rows } = useWindowSize();
  const nowMs = useNow();
  useKeys({
    dispatch: store.key,
    requestStop,
    question: undefined,
    answer: () => undefined,
    pageLines: heightsOf(rows, state.arms.length).log,
  });
  return <LiveScreen state={state} columns={columns} rows={rows} nowMs={nowMs} />;
}
