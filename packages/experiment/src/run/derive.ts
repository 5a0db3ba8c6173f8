import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Usage } from '@skyground/cost';
import { findAll, inOrder } from '../checks/all.ts';
import type { AnyExperiment, PlannedUnit } from '../contract/experiment.ts';
import { resolveParameters } from '../contract/parameters.ts';
import { messageOf, RunFolderError } from '../errors.ts';
import { writeReport } from '../report/write-report.ts';
import { checksName, summaryName, writeJson } from './derived-files.ts';
import type { DerivedRun } from './derived-run.ts';
import { drawCharts } from './draw-charts.ts';
import { toJson } from './json.ts';
import { withRunLock } from './lock.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { isComparisonValid } from './outcome.ts';
import { billName, billOfUsage, priceDateOf, priceRegionOf, type RunBill } from './run-bill.ts';
import { conditionsOf } from './run-conditions.ts';
import { writeRunFiles } from './run-files.ts';
import { readSamples } from './samples-file.ts';
import { armsOf, judge, parseThresholds } from './thresholds.ts';

/**
 * Everything of a run that follows from its manifest and its samples, written again: checks.json, bill.json, charts/, the
 * experiment's own files with files.json, report.html, report.md, summary.json. Equal inputs give equal bytes. Throws
 * RunFolderError where the run cannot be read or something is in the way of a file; its samples are never changed.
 */
export function deriveAgain(
  experiment: AnyExperiment,
  folder: string,
  signal: AbortSignal,
): Promise<DerivedRun> {
  return withRunLock(folder, async () => derive(experiment, folder, await readManifest(folder), signal));
}

/** `deriveAgain` for who holds the lock. */
export async function derive(
  experiment: AnyExperiment,
  folder: string,
  manifest: Manifest,
  signal: AbortSignal,
): Promise<DerivedRun> {
  signal.throwIfAborted();
  refuseOther(experiment, manifest, folder);
  const samples = await readSamples(experiment, folder);
  const parameters = parametersOf(experiment, manifest, folder);
  const observations = samples.map((sample) => experiment.observe(sample));
  const usage = experiment.usage?.(samples, parameters);
  const bill = usage === undefined ? undefined : billOfUsage(usage, priceRegionOf(manifest));
  const common = findAll({
    observations,
    planned: unitsByArm(manifest.plan.units),
    durationCovers: experiment.durationCovers,
    conditions: conditionsOf(manifest, priceDateOf(bill)),
  });
  const findings = inOrder([...common, ...(experiment.checks?.(samples, parameters) ?? [])]);
  const thresholds = judge(parseThresholds(manifest.thresholds, armsOf(manifest.plan.units)), observations);
  const isValid = isComparisonValid(findings);
  // First: if the figures cannot be worked out, the findings say why.
  await writeJson(folder, checksName, { schemaVersion: 1, isValid, findings, thresholds });
  await writeBill(folder, usage, bill);
  const summary = toJson(experiment.summarise(samples, parameters), 'summary');
  const verdict = experiment.verdict(summary);
  const charts = experiment.charts(summary, samples);
  const svgById = await drawCharts(folder, charts, signal);
  const files = experiment.files?.(summary, samples, svgById) ?? [];
  await writeRunFiles(folder, files);
  const derived: DerivedRun = {
    folder,
    experiment,
    manifest,
    samples,
    observations,
    summary,
    verdict,
    findings,
    thresholds,
    bill,
    charts,
    svgById,
    files,
  };
  await writeReport(derived, signal);
  // Last: where it is, everything else is.
  await writeJson(folder, summaryName, { schemaVersion: 1, verdict, summary });
  return derived;
}

/** An experiment may have stopped using anything: an old bill would be told as this one's. */
async function writeBill(folder: string, usage: Usage | undefined, bill: RunBill | undefined): Promise<void> {
  if (bill === undefined) await rm(join(folder, billName), { force: true });
  else await writeJson(folder, billName, { schemaVersion: 1, usage, bill });
}

/** The values that the run was made with, checked by today's schema: a parameter that is new since has its default. */
export function parametersOf(experiment: AnyExperiment, manifest: Manifest, folder: string): object {
  const given = Object.entries(manifest.parameters).map(
    ([name, { value }]) => [name, { value, origin: 'file' }] as const,
  );
  try {
    return resolveParameters(experiment.parameters, Object.fromEntries(given)).values;
  } catch (cause) {
    const problem = `was made with parameters that this version of ${experiment.id} does not take. Use the version that made it. ${messageOf(cause)}`;
    throw new RunFolderError(folder, problem, { cause });
  }
}

export function refuseOther(experiment: AnyExperiment, manifest: Manifest, folder: string): void {
  if (manifest.experiment.id === experiment.id) return;
  throw new RunFolderError(
    folder,
    `expected a run of ${experiment.id}, but it is one of ${manifest.experiment.id}.`,
  );
}

function unitsByArm(units: readonly PlannedUnit[]): ReadonlyMap<string, readonly string[]> {
  const byArm = Map.groupBy(units, ({ arm }) => arm);
  return new Map([...byArm].map(([arm, planned]) => [arm, planned.map(({ unit }) => unit)]));
}
