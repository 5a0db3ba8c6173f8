import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ListedImage, listImages } from '@skyground/imaging';
import { StageError, UsageError } from './errors.ts';
import { refuseFlagsBut } from './given-flags.ts';
import type { RunOptions, RunRequest } from './options.ts';
import { runFiles } from './paths.ts';
import { newRunId, type RunState, readRunState } from './run-state.ts';
import { type StageId, stageIds } from './stage-ids.ts';

/** What a command is about to do. */
export interface BegunRun {
  /** `new`: a run of its own. `resumed`: goes on where a stop left it. `continued`: single stages on the run that the folder holds. */
  readonly kind: 'new' | 'resumed' | 'continued';
  readonly state: RunState;
  /** The stages to run now. Those that belong to the run stand in `state.options.stages`. */
  readonly stages: readonly StageId[];
  readonly images: readonly ListedImage[];
  /** Whether run.json is written: not for a command that measures nothing. */
  readonly isKept: boolean;
}

/** Stages that read what other stages of the same run made: they cannot begin one. */
const needARun: ReadonlySet<StageId> = new Set(['wait', 'merge', 'compare']);
const needImageFiles: ReadonlySet<StageId> = new Set(['on-prem', 'upload']);
/** On resuming, the checks are made again, and so is everything after the images themselves: both are cheap. */
const alwaysAgain: ReadonlySet<StageId> = new Set(['check', 'deploy', 'merge', 'compare']);

/** Flags that do not change what is measured, so that stages may go on under other ones. */
const harmlessFlags = ['output', 'yes', 'only', 'skip', 'wait', 'log-wait', 'seed'];

export async function beginRun(request: RunRequest, now: Date): Promise<BegunRun> {
  const { options, resume } = request;
  if (resume) {
    return resumed(options);
  }
  // Checking and cleaning are about what comes next, not about the run that is there.
  const startsAnew = options.stages.includes('clean') || options.stages.every((stage) => stage === 'check');
  const previous = startsAnew ? undefined : await readRunState(runFiles(options.metricsDir).runState);
  if (previous !== undefined) {
    const { runId } = previous;
    refuseFlagsBut(
      harmlessFlags,
      request.given,
      `${options.metricsDir} holds run ${runId}: without cleaning, stages go on with its flags`,
    );
    return continued(options, request.given, previous);
  }
  return begun(options, now);
}

async function begun(options: RunOptions, now: Date): Promise<BegunRun> {
  const { stages, imagesDir, metricsDir } = options;
  const measures = stages.some((stage) => needImageFiles.has(stage));
  if (!measures && stages.some((stage) => needARun.has(stage))) {
    throw new StageError(
      `expected a run in ${metricsDir} but there is none.`,
      'Run the whole comparison first: `npm run master`.',
    );
  }
  const images = measures ? await listed(imagesDir) : [];
  if (measures && images.length === 0) {
    throw new UsageError(
      `expected at least one image in ${imagesDir}. Make some with \`npm run images -- --count 12\`.`,
    );
  }
  return { kind: 'new', state: newState(options, images, now), isKept: measures, stages, images };
}

async function resumed(options: RunOptions): Promise<BegunRun> {
  const files = runFiles(options.metricsDir);
  const found = await readRunState(files.runState);
  if (found === undefined)
    throw new UsageError(`There is no run to resume: ${files.runState} does not exist.`);
  if (found.outcome === 'finished')
    throw new UsageError(`Run ${found.runId} is finished: there is nothing to resume.`);
  const has = (stage: StageId) => found.finishedStages.includes(stage);
  const interrupted = new Set(found.interruptedSides);
  if (has('clean') && !has('on-prem') && existsSync(files.localMetrics)) interrupted.add('on_prem');
  if (found.uploadStartedMs !== null && !has('wait')) interrupted.add('cloud');
  const state: RunState = {
    ...found,
    // The folder may have been moved since.
    options: { ...found.options, metricsDir: options.metricsDir },
    interruptedSides: [...interrupted],
    outcome: 'running',
  };
  const { stages } = state.options;
  const left = stages.filter((stage) => !isDoneBefore('resumed', state, stage));
  return { kind: 'resumed', state, stages, isKept: true, images: await imagesFor(left, state) };
}

async function continued(
  options: RunOptions,
  given: readonly string[],
  previous: RunState,
): Promise<BegunRun> {
  const { metricsDir, waitMs, logWaitMs, seed, stages } = options;
  const state: RunState = {
    ...previous,
    options: {
      ...previous.options,
      metricsDir,
      ...(given.includes('wait') ? { waitMs } : {}),
      ...(given.includes('log-wait') ? { logWaitMs } : {}),
      ...(given.includes('seed') ? { seed } : {}),
    },
    outcome: 'running',
  };
  return { kind: 'continued', state, stages, isKept: true, images: await imagesFor(stages, state) };
}

/** Whether a resumed run has this stage behind it. */
export function isDoneBefore(kind: BegunRun['kind'], state: RunState, stage: StageId): boolean {
  return kind === 'resumed' && state.finishedStages.includes(stage) && !alwaysAgain.has(stage);
}

function newState(options: RunOptions, images: readonly ListedImage[], now: Date): RunState {
  return {
    schemaVersion: 1,
    runId: newRunId(now),
    createdAt: now.toISOString(),
    options,
    images: images.map(({ name, sizeBytes }) => ({ name, sizeBytes })),
    // Until the target has been opened and says what it is called.
    targetLabel: options.target === null || options.target === 'local' ? 'cloud (local)' : 'cloud',
    finishedStages: [],
    uploadStartedMs: null,
    interruptedSides: [],
    differentOutputs: null,
    outcome: 'running',
  };
}

/** The files themselves only for stages that read them: metrics can be merged and compared long after the images have gone. */
async function imagesFor(stages: readonly StageId[], state: RunState): Promise<readonly ListedImage[]> {
  if (stages.some((stage) => needImageFiles.has(stage))) return unchanged(state);
  return state.images.map((image) => ({ ...image, path: join(state.options.imagesDir, image.name) }));
}

async function listed(imagesDir: string): Promise<readonly ListedImage[]> {
  return listImages(imagesDir).catch((cause: unknown) => {
    throw new UsageError(
      `expected a readable folder of images for --images but ${imagesDir} could not be listed.`,
      { cause },
    );
  });
}

/** The images that the run began with; a file dropped in later does not belong to one side only. */
async function unchanged(state: RunState): Promise<readonly ListedImage[]> {
  const byName = new Map((await listed(state.options.imagesDir)).map((image) => [image.name, image]));
  const changed = state.images.filter(({ name, sizeBytes }) => byName.get(name)?.sizeBytes !== sizeBytes);
  if (changed.length > 0) {
    const names = changed
      .slice(0, 5)
      .map(({ name }) => name)
      .join(', ');
    const more = changed.length > 5 ? ` and ${changed.length - 5} more` : '';
    throw new UsageError(
      `${names}${more} changed or disappeared since run ${state.runId} began. Start a new run.`,
    );
  }
  return state.images.flatMap(({ name }) => byName.get(name) ?? []);
}

/** Whether every stage of the run is behind it. */
export function outcomeOf(state: RunState): 'finished' | 'stopped' {
  return stageIds.every(
    (stage) => !state.options.stages.includes(stage) || state.finishedStages.includes(stage),
  )
    ? 'finished'
    : 'stopped';
}
