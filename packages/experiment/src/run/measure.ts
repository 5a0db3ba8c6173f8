import type { CloudRequest } from '../contract/cloud.ts';
import type { AnyExperiment } from '../contract/experiment.ts';
import { UsageError } from '../errors.ts';
import { derive } from './derive.ts';
import type { EmitRunEvent } from './events.ts';
import type { Manifest } from './manifest.ts';
import type { OpenedCloud } from './open-cloud.ts';
import { kindOf, type RunOutcome } from './outcome.ts';
import { Recorder } from './recorder.ts';
import { readSamples } from './samples-file.ts';
import { runSession, type SessionRequest } from './session.ts';
import type { ResumeOptions } from './with-outcome.ts';

/** Opens the target of an experiment that deploys something, and closes it however the work ends. */
export async function withCloud<Result>(
  experiment: AnyExperiment,
  request: CloudRequest | undefined,
  { stateDir, signal }: ResumeOptions,
  work: (cloud: OpenedCloud | undefined) => Promise<Result>,
): Promise<Result> {
  if (experiment.deployment === undefined) return work(undefined);
  if (request === undefined) {
    throw new UsageError('The run does not say which target it was on: begin a new one.');
  }
  // Clients of AWS take half a second to load: only those who deploy pay for them.
  const { openCloud } = await import('./open-cloud.ts');
  const cloud = await openCloud(request, { stateDir, signal });
  try {
    return await work(cloud);
  } finally {
    await cloud.close();
  }
}

/** Knows which units of the plan have no row yet. */
export async function recorderOf(
  experiment: AnyExperiment,
  folder: string,
  { plan }: Manifest,
): Promise<Recorder> {
  return new Recorder(experiment, plan.units, await readSamples(experiment, folder));
}

/** Measures what is left, then derives. */
export async function measure(request: SessionRequest): Promise<RunOutcome> {
  const manifest = await runSession(request);
  return conclude(request.experiment, request.folder, manifest, request.emit, request.signal);
}

/** All that follows from the samples, and how the run ended by it. */
export async function conclude(
  experiment: AnyExperiment,
  folder: string,
  manifest: Manifest,
  emit: EmitRunEvent,
  signal: AbortSignal,
): Promise<RunOutcome> {
  const { verdict, findings, thresholds } = await derive(experiment, folder, manifest, signal);
  emit({ type: 'derived', verdict, findings, thresholds });
  return { kind: kindOf(findings, thresholds), folder, verdict, findings, thresholds };
}
