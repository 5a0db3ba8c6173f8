import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { escapeHtml, interactiveSpec } from '@skyground/charts';
import { writeAtomically } from '@skyground/metrics';
import { hasCode } from '../errors.ts';
import type { DerivedRun } from '../run/derived-run.ts';
import { chartsName } from '../run/draw-charts.ts';
import { samplesName } from '../run/samples-file.ts';
import { pageHtml } from './html/page.ts';
import { payloadHtml } from './html/payload.ts';
import { pageScripts } from './html/scripts.ts';
import { markdownReport } from './markdown.ts';
import { reportDocument } from './report-document.ts';

/** A page that can still be mailed, and that a phone opens. */
const mostPageBytes = 3_000_000;
/** A larger picture is thousands of points: as PNG it is smaller. */
const mostSvgBytes = 200_000;

/**
 * Writes report.html and report.md into the run folder, each whole or not at all. The charts' pictures and samples.csv are there
 * already. Equal runs give equal bytes.
 */
export async function writeReport(run: DerivedRun, signal: AbortSignal): Promise<void> {
  const report = reportDocument(run, await guideHref(run));
  const stillById = await stills(run);
  const specs = await specsById(run);
  signal.throwIfAborted();
  const scripts = await pageScripts(run.charts.length > 0);
  const charts = payloadHtml('chart-specs', JSON.stringify(specs));
  const samples = payloadHtml('samples', await samplesOf(run));
  const parts = { scripts, stillById };
  const whole = pageHtml(report, { ...parts, payloads: [charts, samples], holdsSamples: true });
  const html =
    Buffer.byteLength(whole) < mostPageBytes
      ? whole
      : pageHtml(report, { ...parts, payloads: [charts], holdsSamples: false });
  signal.throwIfAborted();
  await writeAtomically(join(run.folder, 'report.md'), markdownReport(report));
  await writeAtomically(join(run.folder, 'report.html'), html);
}

/** The guide as seen from a run that lies in the project's own results; undefined anywhere else. */
async function guideHref({ folder, experiment }: DerivedRun): Promise<string | undefined> {
  const href = `../../../docs/experiments/${experiment.id}.md`;
  try {
    await access(join(folder, href));
    return href;
  } catch {
    return undefined;
  }
}

async function stills({ folder, charts, svgById }: DerivedRun): Promise<ReadonlyMap<string, string>> {
  const stillById = new Map<string, string>();
  for (const { id, altText } of charts) {
    const svg = svgById.get(id);
    if (svg === undefined) throw new TypeError(`expected a picture of the chart ${id}, but none was drawn.`);
    stillById.set(id, svg.length > mostSvgBytes ? await pngHtml(folder, id, altText) : svg);
  }
  return stillById;
}

async function pngHtml(folder: string, id: string, altText: string): Promise<string> {
  const png = await readFile(join(folder, chartsName, `${id}.png`));
  return `<img alt="${escapeHtml(altText)}" src="data:image/png;base64,${png.toString('base64')}">`;
}

async function specsById({ charts }: DerivedRun): Promise<Readonly<Record<string, object>>> {
  const specs: Record<string, object> = {};
  for (const { id, spec } of charts) specs[id] = await interactiveSpec(spec);
  return specs;
}

async function samplesOf({ folder }: DerivedRun): Promise<Uint8Array> {
  try {
    return await readFile(join(folder, samplesName));
  } catch (error) {
    // Killed before the first row: nothing was measured yet.
    if (hasCode(error, 'ENOENT')) return new Uint8Array();
    throw error;
  }
}
