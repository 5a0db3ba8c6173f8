/** How a view changes: by what happens, and by what the person does. Pure. */
interface Reducers<State, Event, Action> {
  readonly event: (state: State, event: Event, nowMs: number) => State;
  readonly key: (state: State, action: Action) => State;
}

/** Holds the view's state outside React, so that a burst of events causes one redraw and not hundreds. */
export class ViewStore<State, Event, Action> {
  #state: State;
  readonly #reduce: Reducers<State, Event, Action>;
  readonly #listeners = new Set<() => void>();
  readonly #now: () => number;
  #isRedrawDue = false;

  constructor(initial: State, reduce: Reducers<State, Event, Action>, now: () => number) {
    this.#state = initial;
    this.#reduce = reduce;
    this.#now = now;
  }

  readonly get = (): State => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly event = (event: Event): void => {
    this.#state = this.#reduce.event(this.#state, event, this.#now());
    this.#notifySoon();
  };

  readonly key = (action: Action): void => {
    this.#state = this.#reduce.key(this.#state, action);
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
