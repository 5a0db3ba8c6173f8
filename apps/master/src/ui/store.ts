import type { MasterEvent } from '../events.ts';
import { initialState, type KeyAction, reduceEvent, reduceKey, type ViewState } from './state.ts';

/** Holds the view's state outside React, so that a burst of events causes one redraw and not hundreds. */
export class ViewStore {
  #state: ViewState;
  readonly #listeners = new Set<() => void>();
  readonly #now: () => number;
  #isRedrawDue = false;

  constructor(now: () => number) {
    this.#now = now;
    this.#state = initialState(now());
  }

  readonly get = (): ViewState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly event = (event: MasterEvent): void => {
    this.#state = reduceEvent(this.#state, event, this.#now());
    this.#notifySoon();
  };

  readonly key = (action: KeyAction): void => {
    this.#state = reduceKey(this.#state, action);
    for (const listener of this.#listeners) listener();
  };

  #notifySoon(): void {
    if (this.#isRedrawDue) return;
    this.#isRedrawDue = true;
    setTimeout(() => {
      this.#isRedrawDue = false;
      for (const listener of this.#listeners) listener();
    }, redrawIntervalMs).unref();
  }
}

const redrawIntervalMs = 80;
