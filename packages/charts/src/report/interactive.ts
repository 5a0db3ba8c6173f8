import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Spec } from 'vega';
import type { TopLevelSpec } from 'vega-lite';

/** The package is an ES module that imports one other; these are the lines that make it one. */
const INTERPRETER_IMPORT = /^import \{([^}]+)\} from 'vega-util';/;
const INTERPRETER_EXPORT =
  /export \{ expression as expressionInterpreter \};\s*(\/\/# sourceMappingURL=.*\s*)?$/;

/**
 * Scripts for a page that draws charts itself: they define `vega` and `vegaInterpreter`, with which it evaluates expressions
 * without `eval`, as a strict content security policy demands. Read by path: the packages export no script for browsers.
 */
export const interactiveScripts = async (): Promise<readonly string[]> => {
  const [vega, interpreter] = await Promise.all([
    readFile(new URL('vega.min.js', import.meta.resolve('vega')), 'utf8'),
    readFile(fileURLToPath(import.meta.resolve('vega-interpreter')), 'utf8'),
  ]);
  if (!INTERPRETER_IMPORT.test(interpreter) || !INTERPRETER_EXPORT.test(interpreter)) {
    throw new TypeError(
      'expected vega-interpreter to import vega-util and to export its interpreter, as version 2.3.2 does: see packages/charts/src/report/interactive.ts.',
    );
  }
  const body = interpreter
    .replace(INTERPRETER_IMPORT, (_, names: string) => `const {${names}} = vega;`)
    .replace(INTERPRETER_EXPORT, 'return expression;');
  return [vega, `const vegaInterpreter = (() => {\n${body}\n})();\n`];
};

/** A chart as `vega.parse` takes it, with a tooltip on every mark. */
export const interactiveSpec = async (spec: TopLevelSpec): Promise<Spec> => {
  const { compileSpec } = await import('../render/svg.ts');
  const { config } = spec;
  return compileSpec({ ...spec, config: { ...config, mark: { tooltip: true, ...config?.mark } } });
};

/** Whether the reader of the drawn chart can move and zoom its axes. */
export const isZoomable = (spec: TopLevelSpec): boolean => bindsScales(spec);

const bindsScales = (node: unknown): boolean =>
  typeof node === 'object' &&
  node !== null &&
  Object.entries(node).some(([name, value]) =>
    // The data can be long, and binds nothing.
    name === 'data' ? false : name === 'bind' ? value === 'scales' : bindsScales(value),
  );
