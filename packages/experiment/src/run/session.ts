import type { AnyExperiment, PlannedUnit } from '../contract/experiment.ts';
import type { RunContext } from '../contract/run-context.ts';
import { type Clock, timestampOf } from './clock.ts';
import { parametersOf } from './derive.ts';
import type { EmitRunEvent, PlannedArm } from './events.ts';
import { watchLoad } from './load.ts';
import { type Manifest, type Session, writeManifest } from './manifest.ts';
import type { OpenedCloud } from './open-cloud.ts';
import type { Recorder } from './recorder.ts';
import { armsOf } from './thresholds.ts';

export interface SessionRequest {
  readonly experiment: AnyExperiment;
  readonly folder: string;
  /** Its last session is the one to run. */
  readonly manifest: Manifest;
  /** Knows what is left to measure; opened and closed here. */
  readonly recorder: Recorder;
  readonly isResumed: boolean;
  /** Where to deploy; undefined for an experiment without a deployment. */
  readonly cloud: OpenedCloud | undefined;
  readonly emit: EmitRunEvent;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

/** Measures what has no row yet. Returns the manifest as the session left it; rejects when it was stopped or failed. */
export async function runSession(request: SessionRequest): Promise<Manifest> {
  const { experiment, folder, recorder, emit, signal, clock } = request;
  const state = new SessionState(folder, request.manifest);
  const readLoad = await watchLoad();
  const failure = new AbortController();
  let outcome: Session['outcome'] = 'failed';
  try {
    const repair = await recorder.open(folder);
    if (repair !== undefined) {
      const { line, text } = repair;
      const message = `samples.csv, line ${line} was torn by a crash and removed (${JSON.stringify(text)}): its unit is measured again.`;
      emit({ type: 'log', level: 'warning', message });
    }
    emit({
      type: 'runStarted',
      experimentId: experiment.id,
      folder,
      targetLabel: request.manifest.targetLabel,
      units: request.manifest.plan.units.length,
      finishedUnits: recorder.finishedUnits,
      arms: plannedArms(request.manifest.plan.units, recorder.unitsLeft),
      estimatedDurationMs: request.manifest.plan.estimatedDurationMs,
      isResumed: request.isResumed,
    });
    const context = contextOf(request, failure);
    context.signal.throwIfAborted();
    await deployInto(context, request);
    await state.save({ conditions: await experiment.conditions(context) });
    // An experiment may ask without listening to the signal.
    context.signal.throwIfAborted();
    await experiment.run(context);
    // Also where the experiment caught the rejection, or came back early because it was told to stop.
    failure.signal.throwIfAborted();
    if (recorder.unitsLeft.length > 0) signal.throwIfAborted();
    outcome = 'finished';
  } catch (error) {
    if (signal.aborted) outcome = 'stopped';
    if (failure.signal.aborted) throw failure.signal.reason;
    throw request.cloud === undefined ? error : await request.cloud.explain(error);
  } finally {
    try {
      await recorder.close();
    } finally {
      await state.save({ outcome, finishedAt: timestampOf(clock), load: await readLoad() });
    }
  }
  return state.manifest;
}

async function deployInto(
  context: RunContext<object, object>,
  { experiment, cloud }: SessionRequest,
): Promise<void> {
  if (cloud === undefined || experiment.deployment === undefined) return;
  for (const notice of cloud.notices) context.log('warning', notice);
  context.progress('deploying');
  const declaration = experiment.deployment(context.parameters, cloud.session);
  await cloud.deploy(declaration, {
    signal: context.signal,
    log: (level, message) => context.log(level, message),
  });
}

function plannedArms(planned: readonly PlannedUnit[], left: readonly PlannedUnit[]): readonly PlannedArm[] {
  const count = (units: readonly PlannedUnit[], arm: string) => units.filter((one) => one.arm === arm).length;
  return armsOf(planned).map((arm) => ({
    arm,
    units: count(planned, arm),
    finishedUnits: count(planned, arm) - count(left, arm),
  }));
}

/** The manifest on disk, of which only the last session changes. */
class SessionState {
  manifest: Manifest;
  readonly #folder: string;

  constructor(folder: string, manifest: Manifest) {
    this.#folder = folder;
    this.manifest = manifest;
  }

  async save(change: Partial<Session>): Promise<void> {
    const { sessions } = this.manifest;
    const changed = {
      ...this.manifest,
      sessions: sessions.map((session, index) =>
        index === sessions.length - 1 ? { ...session, ...change } : session,
      ),
    };
    // Kept only when it is written: conditions that cannot be must not stand in the way of how the session ended.
    await writeManifest(this.#folder, changed);
    this.manifest = changed;
  }
}

function contextOf(
  { experiment, folder, manifest, recorder, cloud, emit, signal, clock }: SessionRequest,
  failure: AbortController,
): RunContext<object, object> {
  return {
    parameters: parametersOf(experiment, manifest, folder),
    units: recorder.unitsLeft,
    targetLabel: manifest.targetLabel,
    cloud: cloud?.session,
    seed: manifest.seed,
    signal: AbortSignal.any([signal, failure.signal]),
    clock,
    record: async (sample) => {
      try {
        const observation = await recorder.record(sample);
        const { finishedUnits } = recorder;
        emit({ type: 'sampleRecorded', observation, finishedUnits, units: manifest.plan.units.length });
      } catch (error) {
        // To go on measuring what cannot be kept would be work for nothing.
        failure.abort(error);
        throw error;
      }
    },
    progress: (activity) => emit({ type: 'progress', activity }),
    log: (level, message) => emit({ type: 'log', level, message }),
  };
}
