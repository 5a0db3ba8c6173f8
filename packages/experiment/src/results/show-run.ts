import { CostError, type Usage } from '@skyground/cost';
import type { Finding } from '../checks/check.ts';
import type { Verdict } from '../contract/experiment.ts';
import { RunFolderError } from '../errors.ts';
import {
  billFileSchema,
  checksName,
  checksSchema,
  readDerived,
  summaryName,
  summarySchema,
} from '../run/derived-files.ts';
import type { Json } from '../run/json.ts';
import { isLocked } from '../run/lock.ts';
import { type Manifest, readManifest, type Session } from '../run/manifest.ts';
import { billName, billOfUsage, priceRegionOf, type RunBill } from '../run/run-bill.ts';
import type { JudgedThreshold } from '../run/thresholds.ts';

/** Of the last session; `killed` where its process is gone without a word. */
export type RunStatus = Session['outcome'];

/** A run as its folder tells it, without the experiment that made it. */
export interface ShownRun {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly status: RunStatus;
  /** undefined until it has been derived. */
  readonly isValid: boolean | undefined;
  readonly findings: readonly Finding[];
  readonly thresholds: readonly JudgedThreshold[];
  readonly verdict: Verdict | undefined;
  /** Of what was used, with today's price table; undefined where nothing of a cloud was. */
  readonly bill: RunBill | undefined;
  readonly summary: Json | undefined;
}

/** Throws RunFolderError for a folder that is no run, of another version, or damaged. */
export async function showRun(folder: string): Promise<ShownRun> {
  const manifest = await readManifest(folder);
  const checks = await readDerived(folder, checksName, checksSchema);
  const derived = await readDerived(folder, summaryName, summarySchema);
  const billed = await readDerived(folder, billName, billFileSchema);
  const last = manifest.sessions.at(-1)?.outcome ?? 'killed';
  return {
    folder,
    manifest,
    status: last === 'running' && !isLocked(folder) ? 'killed' : last,
    isValid: checks?.isValid,
    findings: checks?.findings ?? [],
    thresholds: checks?.thresholds ?? [],
    verdict: derived?.verdict,
    bill: billed === undefined ? undefined : billOf(billed.usage, manifest, folder),
    summary: derived?.summary,
  };
}

function billOf(usage: Usage, manifest: Manifest, folder: string): RunBill {
  try {
    return billOfUsage(usage, priceRegionOf(manifest));
  } catch (cause) {
    if (!(cause instanceof CostError)) throw cause;
    const problem = `${billName} cannot be priced: ${cause.message} Derive the run again from its samples.`;
    throw new RunFolderError(folder, problem, { cause });
  }
}
