import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { prefixIds } from './svg-ids.ts';
import { textWidthPx } from './text-width.ts';

interface TextItem {
  readonly fontSize?: number;
  readonly text?: string | number;
}

declare module 'vega' {
  /** Exported by vega through vega-scenegraph, missing in its types. */
  export const textMetrics: { width: (item: TextItem, text?: string | number) => number };
}

// Vega's own switch between measuring on a canvas and guessing, set to neither: see text-width.ts.
vega.textMetrics.width = (item, text) => textWidthPx(String(text ?? item.text ?? ''), item.fontSize ?? 11);

const silent: vega.LoggerInterface = vega.logger(vega.None);

export const compileSpec = (spec: TopLevelSpec): vega.Spec => compile(spec, { logger: silent }).spec;

/** Compiles and draws a specification; equal specifications give equal bytes, in any process, zone and locale. */
export const renderSvg = async (spec: TopLevelSpec, idPrefix: string): Promise<string> => {
  const view = new vega.View(vega.parse(compileSpec(spec)), {
    renderer: 'none',
    logger: silent,
  });
  try {
    return prefixIds(await view.toSVG(), idPrefix);
  } finally {
    view.finalize();
  }
};
