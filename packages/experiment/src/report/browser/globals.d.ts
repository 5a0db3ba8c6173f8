/** Defined by the scripts before: see `interactiveScripts` in packages/charts. */
declare const vega: typeof import('vega');
declare const vegaInterpreter: unknown;

/** Of payload.js: the content of an element by its id; undefined where the page has no such element. */
declare var payload: (id: string) => Promise<Blob | undefined>;
