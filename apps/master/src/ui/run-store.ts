import type { MasterEvent } from '../events.ts';
import { initialState, type KeyAction, reduceEvent, reduceKey, type ViewState } from './state.ts';
import { ViewStore } from './store.ts';

/** What the screen of the main comparison shows. */
export type RunStore = ViewStore<ViewState, MasterEvent, KeyAction>;

export function makeRunStore(now: () => number): RunStore {
  return new ViewStore(initialState(now()), { event: reduceEvent, key: reduceKey }, now);
}
