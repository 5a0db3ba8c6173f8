import type { KeyAction } from './state.ts';

interface Asked {
  readonly key: (action: Extract<KeyAction, { readonly type: 'ask' | 'answered' }>) => void;
}

/** Questions that the run asks the person at the screen, one at a time. A stop answers no. */
export class Questions {
  readonly #store: Asked;
  readonly #signal: AbortSignal;
  #answer: ((agreed: boolean) => void) | undefined;

  constructor(store: Asked, signal: AbortSignal) {
    this.#store = store;
    this.#signal = signal;
  }

  readonly ask = async (question: string): Promise<boolean> => {
    this.#signal.throwIfAborted();
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const stopped = () => resolve(false);
    this.#answer = resolve;
    this.#signal.addEventListener('abort', stopped, { once: true });
    this.#store.key({ type: 'ask', question });
    try {
      return await promise;
    } finally {
      this.#answer = undefined;
      this.#signal.removeEventListener('abort', stopped);
      this.#store.key({ type: 'answered' });
    }
  };

  /** Means nothing while nothing is asked. */
  readonly answer = (agreed: boolean): void => this.#answer?.(agreed);
}
