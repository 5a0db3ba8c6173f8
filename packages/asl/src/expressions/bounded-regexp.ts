import { createContext, Script } from 'node:vm';

/** Far more than any useful pattern takes with 256 KB. */
const MAX_DURATION_MS = 1_000;

/** Only V8's own watchdog stops a pattern that backtracks for ever, and only inside a script; to start one takes about 0.1 ms. */
const script = new Script('search()');
const context = createContext({ search: undefined });

/** The regular expressions of JSONata: as JavaScript's, but one that does not end is an error of the expression. */
export class BoundedRegExp extends RegExp {
  override exec(text: string): RegExpExecArray | null {
    Object.assign(context, { search: () => super.exec(text) });
    try {
      // What exec gives.
      return script.runInContext(context, { timeout: MAX_DURATION_MS }) as RegExpExecArray | null;
    } catch (error) {
      throw new EndlessPattern({ cause: error });
    } finally {
      Object.assign(context, { search: undefined });
    }
  }
}

/** JSONata makes the message from code and value, as for its own limit of time. */
class EndlessPattern extends Error {
  override readonly name = 'EndlessPattern';
  readonly code = 'D1012';
  readonly value = MAX_DURATION_MS;

  constructor(options: ErrorOptions) {
    super(`the regular expression did not end within ${MAX_DURATION_MS} ms`, options);
  }
}
