import { useInput, useWindowSize } from 'ink';
import { type ReactElement, useSyncExternalStore } from 'react';
import type { ViewStore } from '../store.ts';
import { HomeScreen } from './HomeScreen.tsx';
import { type HomeKey, homeKeyOf } from './keys.ts';
import { layoutOf } from './layout.ts';
import type { HomeAction, HomeEvent, HomeState } from './state.ts';

interface Props {
  readonly store: ViewStore<HomeState, HomeEvent, HomeAction>;
  readonly press: (key: HomeKey) => void;
}

/** The home screen in its terminal: its size and its keys. */
export function HomeApp({ store, press }: Props): ReactElement {
  const state = useSyncExternalStore(store.subscribe, store.get);
  const { columns, rows } = useWindowSize();
  useInput((input, key) => {
    // Keys pressed in quick succession, or over a slow line, arrive as one text. A special key comes alone and has none.
    for (const each of input === '' ? [''] : input) {
      // What the key before it has changed is not drawn yet.
      const now = store.get();
      const { contentRows, furthest } = layoutOf(now, columns, rows);
      const pressed = homeKeyOf(each, key, now, { pageLines: contentRows, furthest });
      if (pressed !== undefined) press(pressed);
    }
  });
  return <HomeScreen state={state} columns={columns} rows={rows} />;
}
