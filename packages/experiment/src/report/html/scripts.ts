import { readFile } from 'node:fs/promises';
import { interactiveScripts } from '@skyground/charts';
import { inlineScript } from './security.ts';

const ours = ['payload.js', 'sortable-tables.js', 'download.js', 'interactive-charts.js'];

/** What runs in the page, in order. */
export async function pageScripts(hasCharts: boolean): Promise<readonly string[]> {
  const own = await Promise.all(
    ours
      .filter((name) => hasCharts || name !== 'interactive-charts.js')
      .map((name) => readFile(new URL(`../browser/${name}`, import.meta.url), 'utf8')),
  );
  return [...(hasCharts ? await interactiveScripts() : []), ...own].map(inlineScript);
}
