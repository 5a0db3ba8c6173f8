import { existsSync } from 'node:fs';
import { readMetricsFile } from '@skyground/metrics';
import { type BegunRun, beginRun, isDoneBefore, outcomeOf } from './begin-run.ts';
import { type CloudSide, openCloudSide } from './cloud-side.ts';
import { messageOf } from './errors.ts';
import type { Emit } from './events.ts';
import type { RunRequest } from './options.ts';
import { explained, outcomeOfError, outcomeOfVerdict, type RunOutcome, resumeCommand } from './outcome.ts';
import { runFiles } from './paths.ts';
import { type RunState, writeRunState } from './run-state.ts';
import type { Stage, StageContext } from './stage.ts';
import { checkStage } from './stages/check.ts';
import { cleanStage } from './stages/clean.ts';
import { compareStage } from './stages/compare.ts';
import { deployStage } from './stages/deploy.ts';
import { mergeStage } from './stages/merge.ts';
import { onPremStage } from './stages/on-prem.ts';
import { uploadStage } from './stages/upload.ts';
import { waitStage } from './stages/wait.ts';

const allStages: readonly Stage[] = [
  checkStage,
  cleanStage,
  onPremStage,
  deployStage,
  uploadStage,
  waitStage,
  mergeStage,
  compareStage,
];

interface Dependencies {
  readonly emit: Emit;
  readonly signal: AbortSignal;
  readonly confirm: StageContext['confirm'];
}

/** Runs the chosen stages in order. Never throws: what went wrong is in the outcome and in the events. */
export async function runMaster(request: RunRequest, dependencies: Dependencies): Promise<RunOutcome> {
  const { emit, signal } = dependencies;
  let run: Run | undefined;
  let outcome: RunOutcome;
  try {
    run = new Run(await beginRun(request, new Date()), dependencies);
    outcome = outcomeOfVerdict(await run.toTheEnd());
  } catch (error) {
    outcome = outcomeOfError(
      error,
      signal,
      run?.canBeResumed === true ? resumeCommand(run.metricsDir) : undefined,
    );
  }
  emit({ type: 'runFinished', ...outcome });
  return outcome;
}

/** One run: its state on disk, its cloud side (opened once, closed at the end), its stages. */
class Run {
  readonly #begun: BegunRun;
  readonly #dependencies: Dependencies;
  #state: RunState;
  #cloudSide: Promise<CloudSide> | undefined;
  #valid: boolean | undefined;

  constructor(begun: BegunRun, dependencies: Dependencies) {
    this.#begun = begun;
    this.#dependencies = dependencies;
    this.#state = begun.state;
  }

  get metricsDir(): string {
    return this.#state.options.metricsDir;
  }

  /** Until cleaning has removed the previous run, that one's state stays on disk: a stop before loses nothing. */
  get canBeResumed(): boolean {
    const { isKept, kind, stages } = this.#begun;
    return (
      isKept && (kind !== 'new' || !stages.includes('clean') || this.#state.finishedStages.includes('clean'))
    );
  }

  /** @returns whether the comparison is valid; undefined where none was asked for. */
  async toTheEnd(): Promise<boolean | undefined> {
    const { kind, stages, images } = this.#begun;
    const { emit, signal } = this.#dependencies;
    const { runId, targetLabel, options } = this.#state;
    emit({
      type: 'runStarted',
      runId,
      targetLabel,
      images: images.length,
      repetitions: options.repetitions,
      workers: options.workers,
      concurrency: options.concurrency,
      resumed: kind === 'resumed',
    });
    let failed = true;
    try {
      if (kind === 'resumed') await this.#announceEarlier();
      for (const stage of allStages) {
        if (!stages.includes(stage.id)) {
          emit({ type: 'stageSkipped', stage: stage.id, reason: 'not asked for' });
        } else if (isDoneBefore(kind, this.#state, stage.id)) {
          emit({ type: 'stageSkipped', stage: stage.id, reason: 'done before the stop' });
        } else {
          await this.#runStage(stage);
        }
      }
      failed = false;
      return this.#valid;
    } finally {
      try {
        await this.#save({
          outcome: !failed ? outcomeOf(this.#state) : signal.aborted ? 'stopped' : 'failed',
        });
      } finally {
        await this.#closeCloud();
      }
    }
  }

  /** The images of before the stop, so that whoever watches sees the whole run. The cloud's are found by looking there. */
  async #announceEarlier(): Promise<void> {
    const { localMetrics } = runFiles(this.metricsDir);
    if (!existsSync(localMetrics)) return;
    for (const record of (await readMetricsFile(localMetrics)).records) {
      if (record.runId !== this.#state.runId) continue;
      this.#dependencies.emit({ type: 'imageFinished', side: 'on_prem', record, earlier: true });
    }
  }

  async #runStage(stage: Stage): Promise<void> {
    const { emit, signal } = this.#dependencies;
    signal.throwIfAborted();
    const others = this.#state.finishedStages.filter((id) => id !== stage.id);
    if (others.length < this.#state.finishedStages.length) await this.#save({ finishedStages: others });
    emit({ type: 'stageStarted', stage: stage.id });
    const startedMs = performance.now();
    try {
      const summary = await stage.run(this.#contextOf(stage));
      emit({ type: 'stageFinished', stage: stage.id, durationMs: performance.now() - startedMs, summary });
    } catch (thrown) {
      if (signal.aborted) {
        emit({ type: 'stageStopped', stage: stage.id });
        throw thrown;
      }
      const side = await this.#cloudSide?.catch(() => undefined);
      const error = await explained(thrown, side);
      emit({ type: 'stageFailed', stage: stage.id, message: messageOf(error) });
      throw error;
    }
    await this.#save({ finishedStages: [...others, stage.id] });
  }

  #contextOf(stage: Stage): StageContext {
    const { emit, signal, confirm } = this.#dependencies;
    return {
      options: this.#state.options,
      runId: this.#state.runId,
      images: this.#begun.images,
      stages: this.#begun.stages,
      emit: (event) => {
        if (event.type === 'compared') this.#valid = event.comparison.valid;
        emit(event);
      },
      signal,
      confirm,
      width: process.stdout.columns ?? 80,
      cloud: () => this.#openCloud(),
      state: () => this.#state,
      updateState: (change) => this.#save(change),
      progress: (done, total, unit) => emit({ type: 'stageProgress', stage: stage.id, done, total, unit }),
    };
  }

  async #save(change: Partial<RunState>): Promise<void> {
    this.#state = { ...this.#state, ...change };
    if (this.canBeResumed) await writeRunState(runFiles(this.metricsDir).runState, this.#state);
  }

  #openCloud(): Promise<CloudSide> {
    this.#cloudSide ??= openCloudSide(this.#state.options, this.#dependencies);
    return this.#cloudSide;
  }

  async #closeCloud(): Promise<void> {
    // A cloud side that never opened has nothing to close, and its error was already reported by the stage that asked for it.
    const side = await this.#cloudSide?.catch(() => undefined);
    await side?.close();
  }
}
