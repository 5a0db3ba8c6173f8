import { findAll } from '../checks/all.ts';
import type { Finding } from '../checks/check.ts';
import type { AnyExperiment, PlannedUnit, Verdict } from '../contract/experiment.ts';
import { resolveParameters } from '../contract/parameters.ts';
import { messageOf, RunFolderError } from '../errors.ts';
import { writeJson } from './derived-files.ts';
import { drawCharts } from './draw-charts.ts';
import { toJson } from './json.ts';
import { withRunLock } from './lock.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { conditionsOf } from './run-conditions.ts';
import { readSamples } from './samples-file.ts';

export interface Derived {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

/**
 * Everything of a run that follows from its manifest and its samples, written again: checks.json, charts/, summary.json.
 * Equal inputs give equal bytes. Throws RunFolderError where the run cannot be read; its samples are never changed.
 */
export function deriveAgain(
  experiment: AnyExperiment,
  folder: string,
  signal: AbortSignal,
): Promise<Derived> {
  return withRunLock(folder, async () => derive(experiment, folder, await readManifest(folder), signal));
}

/** `deriveAgain` for who holds the lock. */
export async function derive(
  experiment: AnyExperiment,
  folder: string,
  manifest: Manifest,
  signal: AbortSignal,
): Promise<Derived> {
  signal.throwIfAborted();
  refuseOther(experiment, manifest, folder);
  const samples = await readSamples(experiment, folder);
  const findings = findAll({
    observations: samples.map((sample) => experiment.observe(sample)),
    planned: unitsByArm(manifest.plan.units),
    durationCovers: experiment.durationCovers,
    conditions: conditionsOf(manifest),
  });
  const isValid = isComparisonValid(findings);
  // First: if the figures cannot be worked out, the findings say why.
  await writeJson(folder, 'checks.json', { schemaVersion: 1, isValid, findings });
  const summary = toJson(
    experiment.summarise(samples, parametersOf(experiment, manifest, folder)),
    'summary',
  );
  const verdict = experiment.verdict(summary);
  await drawCharts(folder, experiment.charts(summary, samples), signal);
  await writeJson(folder, 'summary.json', { schemaVersion: 1, verdict, summary });
  return { verdict, findings };
}

export function isComparisonValid(findings: readonly Finding[]): boolean {
  return findings.every(({ severity }) => severity !== 'error');
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
