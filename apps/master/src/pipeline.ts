import { type ListedImage, listImages } from '@skyground/imaging';
import { type CloudSide, openCloudSide } from './cloud-side.ts';
import { StageError, StopRequested, UsageError } from './errors.ts';
import type { Emit } from './events.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { RunOptions, RunRequest } from './options.ts';
import { runFiles } from './paths.ts';
import { newRunId, type RunState, readRunState, writeRunState } from './run-state.ts';
import type { Stage, StageContext } from './stage.ts';
import type { StageId } from './stage-ids.ts';
import { checkStage } from './stages/check.ts';
import { cleanStage } from './stages/clean.ts';
import { compareStage } from './stages/compare.ts';
import { deployStage } from './stages/deploy.ts';
import { mergeStage } from './stages/merge.ts';
import { onPremStage } from './stages/on-prem.ts';
import { uploadStage } from './stages/upload.ts';
import { waitStage } from './stages/wait.ts';

const stages: readonly Stage[] = [
  checkStage,
  cleanStage,
  onPremStage,
  deployStage,
  uploadStage,
  waitStage,
  mergeStage,
  compareStage,
];

export interface RunOutcome {
  readonly exitCode: ExitCode;
  readonly message: string;
}

interface Dependencies {
  readonly emit: Emit;
  readonly signal: AbortSignal;
  readonly confirm: StageContext['confirm'];
}

/** Runs the chosen stages in order. Never throws: what went wrong is in the outcome and in the events. */
export async function runMaster(request: RunRequest, dependencies: Dependencies): Promise<RunOutcome> {
  const { emit, signal } = dependencies;
  let outcome: RunOutcome;
  try {
    outcome = await new Run(request, dependencies).toTheEnd();
  } catch (error) {
    outcome = outcomeOfError(error, signal);
  }
  emit({ type: 'runFinished', ...outcome });
  return outcome;
}

function outcomeOfError(error: unknown, signal: AbortSignal): RunOutcome {
  if (signal.aborted && signal.reason instanceof StopRequested) {
    return { exitCode: exitCodes.stopped, message: 'Stopped. `npm run master -- --resume` goes on without repeating finished images.' };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof UsageError) return { exitCode: exitCodes.usage, message };
  const hint = error instanceof StageError && error.hint !== undefined ? ` ${error.hint}` : '';
  return { exitCode: exitCodes.failed, message: `${message}${hint}` };
}

/** One run: its state on disk, its cloud side (opened once, closed at the end), its stages. */
class Run {
  readonly #request: RunRequest;
  readonly #dependencies: Dependencies;
  #cloudSide: Promise<CloudSide> | undefined;

  constructor(request: RunRequest, dependencies: Dependencies) {
    this.#request = request;
    this.#dependencies = dependencies;
  }

  async toTheEnd(): Promise<RunOutcome> {
    const { emit } = this.#dependencies;
    let state = await this.#initialState();
    const options = state.options;
    const statePath = runFiles(options.metricsDir).runState;
    const resumed = this.#request.resume;
    const save = async (change: Partial<RunState>) => {
      state = { ...state, ...change };
      // Until cleaning has removed the previous run, its state stays on disk: a stop before that loses nothing.
      const begun = resumed || !options.stages.includes('clean') || state.finishedStages.includes('clean');
      if (begun) await writeRunState(statePath, state);
    };
    const images = await this.#imagesOf(options, state, resumed);
    emit({
      type: 'runStarted',
      runId: state.runId,
      targetLabel: state.targetLabel,
      images: images.length,
      repetitions: options.repetitions,
      workers: options.workers,
      concurrency: options.concurrency,
      resumed,
    });
    let failed = true;
    try {
      for (const stage of stages) {
        if (!options.stages.includes(stage.id)) {
          emit({ type: 'stageSkipped', stage: stage.id, reason: 'not asked for' });
          continue;
        }
        if (resumed && state.finishedStages.includes(stage.id) && !alwaysAgain.has(stage.id)) {
          emit({ type: 'stageSkipped', stage: stage.id, reason: 'done before the stop' });
          continue;
        }
        await this.#runStage(stage, { options, images, state: () => state, save });
        await save({ finishedStages: [...new Set([...state.finishedStages, stage.id])] });
      }
      failed = false;
      await save({ outcome: 'finished' });
      return this.#verdict();
    } finally {
      if (failed) await save({ outcome: this.#dependencies.signal.aborted ? 'stopped' : 'failed' });
      await this.#closeCloud();
    }
  }

  async #runStage(
    stage: Stage,
    run: {
      readonly options: RunOptions;
      readonly images: readonly ListedImage[];
      readonly state: () => RunState;
      readonly save: (change: Partial<RunState>) => Promise<void>;
    },
  ): Promise<void> {
    const { emit, signal, confirm } = this.#dependencies;
    signal.throwIfAborted();
    emit({ type: 'stageStarted', stage: stage.id });
    const startedMs = performance.now();
    try {
      const summary = await stage.run({
        options: run.options,
        runId: run.state().runId,
        images: run.images,
        emit: (event) => {
          if (event.type === 'compared') this.#compared = event.comparison.valid;
          emit(event);
        },
        signal,
        confirm,
        width: process.stdout.columns ?? 80,
        cloud: () => this.#openCloud(run.options),
        state: run.state,
        updateState: run.save,
        progress: (done, total, unit) => emit({ type: 'stageProgress', stage: stage.id, done, total, unit }),
      });
      emit({ type: 'stageFinished', stage: stage.id, durationMs: performance.now() - startedMs, summary });
    } catch (error) {
      emit({ type: 'stageFailed', stage: stage.id, message: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  }

  #compared: boolean | undefined;

  #verdict(): RunOutcome {
    if (this.#compared === undefined) return { exitCode: exitCodes.compared, message: 'Done.' };
    if (this.#compared) return { exitCode: exitCodes.compared, message: 'Compared.' };
    return { exitCode: exitCodes.notValid, message: 'Finished, but the comparison is not valid: see the findings above.' };
  }

  #openCloud(options: RunOptions): Promise<CloudSide> {
    const opened = this.#cloudSide ?? openCloudSide(options, this.#dependencies);
    this.#cloudSide = opened;
    return opened;
  }

  async #closeCloud(): Promise<void> {
    if (this.#cloudSide === undefined) return;
    // A cloud side that never opened has nothing to close, and its error was already reported by the stage that asked for it.
    const side = await this.#cloudSide.catch(() => undefined);
    await side?.close();
  }

  async #initialState(): Promise<RunState> {
    const { options, resume } = this.#request;
    const path = runFiles(options.metricsDir).runState;
    if (resume) {
      const state = await readRunState(path);
      if (state === undefined) throw new UsageError(`There is no run to resume: ${path} does not exist.`);
      if (state.outcome === 'finished') throw new UsageError(`Run ${state.runId} is finished: there is nothing to resume.`);
      return { ...state, outcome: 'running' };
    }
    const previous = options.stages.includes('clean') ? undefined : await readRunState(path);
    const now = new Date();
    const images = await listImages(options.imagesDir).catch(() => []);
    return {
      schemaVersion: 1,
      // Without cleaning, single stages go on with the run that the folder holds.
      runId: previous?.runId ?? newRunId(now),
      createdAt: previous?.createdAt ?? now.toISOString(),
      options,
      images: previous?.images ?? images.map(({ name, sizeBytes }) => ({ name, sizeBytes })),
      targetLabel: previous?.targetLabel ?? labelBeforeOpening(options),
      finishedStages: previous?.finishedStages ?? [],
      uploadStartedMs: previous?.uploadStartedMs ?? null,
      differentOutputs: previous?.differentOutputs ?? null,
      outcome: 'running',
    };
  }

  async #imagesOf(options: RunOptions, state: RunState, resumed: boolean): Promise<readonly ListedImage[]> {
    const listed = await listImages(options.imagesDir).catch((cause: unknown) => {
      throw new UsageError(`expected a readable folder of images for --images but ${options.imagesDir} could not be listed.`, { cause });
    });
    const byName = new Map(listed.map((image) => [image.name, image]));
    const images = state.images.flatMap(({ name }) => byName.get(name) ?? []);
    const changed = state.images.filter(({ name, sizeBytes }) => byName.get(name)?.sizeBytes !== sizeBytes);
    if (resumed && changed.length > 0) {
      throw new UsageError(
        `${changed.map(({ name }) => name).join(', ')} changed or disappeared since run ${state.runId} began. Start a new run.`,
      );
    }
    if (images.length === 0) {
      throw new UsageError(`expected at least one image in ${options.imagesDir}. Make some with \`npm run images -- --count 12\`.`);
    }
    return images;
  }
}

/** On resuming, the checks are made again, and so is everything after the images themselves: both are cheap. */
const alwaysAgain: ReadonlySet<StageId> = new Set(['check', 'deploy', 'merge', 'compare']);

/** What the target is called before it has been opened. */
function labelBeforeOpening(options: RunOptions): string {
  return options.target === null || options.target === 'local' ? 'cloud (local)' : 'cloud';
}
