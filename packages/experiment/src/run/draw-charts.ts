import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type DrawnChart, renderDrawnChart } from '@skyground/charts';
import { writeAtomically } from '@skyground/metrics';
import { isTemporary } from './derived-files.ts';

export const chartsName = 'charts';

const idForm = /^[a-z0-9]+([-_][a-z0-9]+)*$/;

/** Writes every chart as SVG and PNG, and removes pictures of charts that there are no longer. Gives the SVGs by id. */
export async function drawCharts(
  folder: string,
  charts: readonly DrawnChart[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const outDir = join(folder, chartsName);
  await mkdir(outDir, { recursive: true });
  const written = new Set<string>();
  const svgById = new Map<string, string>();
  for (const chart of charts) {
    if (!idForm.test(chart.id) || written.has(`${chart.id}.svg`)) {
      throw new TypeError(
        `A chart's id is a file name of its own in lower case, its words joined by - or _, got ${JSON.stringify(chart.id)}.`,
      );
    }
    const { svg, png } = await renderDrawnChart(chart, signal);
    svgById.set(chart.id, svg);
    for (const [name, content] of [
      [`${chart.id}.svg`, svg],
      [`${chart.id}.png`, png],
    ] as const) {
      await writeAtomically(join(outDir, name), content);
      written.add(name);
    }
  }
  for (const name of await readdir(outDir)) {
    if (isPicture(name) && !written.has(name)) await rm(join(outDir, name));
  }
  return svgById;
}

/** What a drawing leaves, whole or killed in the middle; anything else in the folder was put there by a person. */
export function isPicture(name: string): boolean {
  return /\.(svg|png)$/.test(name) || isTemporary(name);
}
