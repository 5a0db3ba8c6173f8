import type { ImageRecord } from '@skyground/metrics';
import type { MasterEvent, Side } from '../events.ts';
import { outputsSentence, printable } from '../output/format.ts';
import { type StageId, stageIds, stageTitles } from '../stage-ids.ts';
import type { PressAction } from './keys.ts';
import { emptyLog, type LogView, logged, maximumLogLines, reduceLog } from './log.ts';

/** What the terminal UI shows: a pure fold over the run's events and the person's keys. */
export interface ViewState extends LogView {
  readonly startedMs: number;
  readonly run: Extract<MasterEvent, { type: 'runStarted' }> | undefined;
  readonly stages: Readonly<Record<StageId, StageView>>;
  readonly sides: Readonly<Record<Side, SideView>>;
  readonly failures: readonly ImageRecord[];
  readonly overlay: 'none' | 'help' | 'failures';
  readonly question: string | undefined;
  /** Which failed image the details show. */
  readonly selectedFailure: number;
  readonly stopping: boolean;
}

export type StageView =
  | { readonly status: 'pending' }
  | { readonly status: 'running'; readonly startedMs: number; readonly progress: Progress | undefined }
  | { readonly status: 'stopped' }
  | { readonly status: 'done'; readonly durationMs: number; readonly summary: string }
  | { readonly status: 'skipped'; readonly reason: string }
  | { readonly status: 'failed'; readonly message: string };

export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly unit: string;
  /** Where and when counting began: what was done before (by a run that was stopped) says nothing about the pace. */
  readonly firstDone: number;
  readonly firstMs: number;
}

export interface SideView {
  readonly inFlight: number;
  /** Names of some that are being worked on, oldest first. */
  readonly inFlightNames: readonly string[];
  readonly finished: number;
  readonly failed: number;
  /** Of the last warm, successful images, oldest first. */
  readonly recentTimesMs: readonly number[];
  /** Of the images that finished while we looked, by their own clock; epoch milliseconds. */
  readonly pace:
    | { readonly finished: number; readonly firstStartMs: number; readonly lastEndMs: number }
    | undefined;
}

export type KeyAction =
  | PressAction
  | { readonly type: 'stopping' }
  | { readonly type: 'ask'; readonly question: string }
  | { readonly type: 'answered' };

const emptySide: SideView = {
  inFlight: 0,
  inFlightNames: [],
  finished: 0,
  failed: 0,
  recentTimesMs: [],
  pace: undefined,
};

/** Bounded, so that an event costs the same in a run of a hundred thousand images. */
const maximumNames = 20;
const maximumTimes = 1000;

export function initialState(nowMs: number): ViewState {
  const pending: StageView = { status: 'pending' };
  return {
    startedMs: nowMs,
    run: undefined,
    stages: {
      check: pending,
      clean: pending,
      'on-prem': pending,
      deploy: pending,
      upload: pending,
      wait: pending,
      merge: pending,
      compare: pending,
    },
    sides: { on_prem: emptySide, cloud: emptySide },
    ...emptyLog,
    failures: [],
    overlay: 'none',
    question: undefined,
    selectedFailure: 0,
    stopping: false,
  };
}

function withStage(state: ViewState, stage: StageId, view: StageView): ViewState {
  return { ...state, stages: { ...state.stages, [stage]: view } };
}

function withSide(state: ViewState, side: Side, view: SideView): ViewState {
  return { ...state, sides: { ...state.sides, [side]: view } };
}

function without(names: readonly string[], name: string): readonly string[] {
  const index = names.indexOf(name);
  return index === -1 ? names : names.toSpliced(index, 1);
}

function imageStarted(view: SideView, image: string): SideView {
  const { inFlightNames } = view;
  return {
    ...view,
    inFlight: view.inFlight + 1,
    inFlightNames: inFlightNames.length < maximumNames ? [...inFlightNames, printable(image)] : inFlightNames,
  };
}

function imageFinished(view: SideView, record: ImageRecord, earlier: boolean): SideView {
  const { status, cold, processingTimeMs, image } = record;
  const isTimed = status === 'ok' && cold !== true && processingTimeMs !== null;
  return {
    // What finished before a stop was not started while we looked.
    inFlight: Math.max(0, view.inFlight - (earlier ? 0 : 1)),
    inFlightNames: earlier ? view.inFlightNames : without(view.inFlightNames, printable(image)),
    finished: view.finished + 1,
    failed: view.failed + (status === 'ok' ? 0 : 1),
    recentTimesMs: isTimed
      ? [...view.recentTimesMs.slice(1 - maximumTimes), processingTimeMs]
      : view.recentTimesMs,
    pace: earlier ? view.pace : paceWith(view.pace, record),
  };
}

function paceWith(pace: SideView['pace'], record: ImageRecord): SideView['pace'] {
  const endMs = Date.parse(record.timestamp);
  const startMs = endMs - (record.endToEndMs ?? 0);
  return {
    finished: (pace?.finished ?? 0) + 1,
    firstStartMs: Math.min(pace?.firstStartMs ?? startMs, startMs),
    lastEndMs: Math.max(pace?.lastEndMs ?? endMs, endMs),
  };
}

function withProgress(
  view: Extract<StageView, { status: 'running' }>,
  next: Omit<Progress, 'firstDone' | 'firstMs'>,
  nowMs: number,
): StageView {
  const { firstDone = next.done, firstMs = nowMs } = view.progress ?? {};
  return { ...view, progress: { ...next, firstDone, firstMs } };
}

export function reduceEvent(state: ViewState, event: MasterEvent, nowMs: number): ViewState {
  switch (event.type) {
    case 'runStarted':
      return { ...state, run: event };
    case 'stageStarted':
      return withStage(state, event.stage, { status: 'running', startedMs: nowMs, progress: undefined });
    case 'stageProgress': {
      const view = state.stages[event.stage];
      if (view.status !== 'running') return state;
      const { done, total, unit } = event;
      return withStage(state, event.stage, withProgress(view, { done, total, unit }, nowMs));
    }
    case 'stageFinished': {
      const { durationMs, summary } = event;
      const next = withStage(state, event.stage, { status: 'done', durationMs, summary });
      return logged(next, 'info', `${stageTitles[event.stage]}: ${summary}`);
    }
    case 'stageSkipped':
      return withStage(state, event.stage, { status: 'skipped', reason: event.reason });
    case 'stageStopped':
      return withStage(state, event.stage, { status: 'stopped' });
    case 'stageFailed': {
      const next = withStage(state, event.stage, { status: 'failed', message: event.message });
      return logged(next, 'error', event.message);
    }
    case 'imageStarted':
      return withSide(state, event.side, imageStarted(state.sides[event.side], event.image));
    case 'imageFinished': {
      const { side, record, earlier } = event;
      const next = withSide(state, side, imageFinished(state.sides[side], record, earlier));
      if (record.status === 'ok') return next;
      const text = `${side === 'cloud' ? 'cloud' : 'on-prem'}: ${record.image}: ${record.error ?? 'failed'}`;
      return logged({ ...next, failures: [...next.failures, record].slice(-maximumLogLines) }, 'error', text);
    }
    case 'outputsCompared':
      return logged(state, 'info', outputsSentence(event));
    case 'log':
      return logged(state, event.level, event.message);
    case 'compared':
      return logged(state, 'info', event.comparison.headline);
    case 'runFinished':
      return logged(state, event.exitCode === 0 ? 'info' : 'error', event.message);
  }
}

export function reduceKey(state: ViewState, action: KeyAction): ViewState {
  switch (action.type) {
    case 'toggleHelp':
      return { ...state, overlay: state.overlay === 'help' ? 'none' : 'help' };
    case 'closeOverlay':
      return { ...state, overlay: 'none' };
    case 'toggleFailures':
      return { ...state, overlay: state.overlay === 'failures' ? 'none' : 'failures' };
    case 'move': {
      if (state.overlay !== 'failures') return reduceLog(state, action);
      const last = Math.max(0, state.failures.length - 1);
      return { ...state, selectedFailure: Math.min(last, Math.max(0, state.selectedFailure - action.lines)) };
    }
    case 'togglePause':
    case 'toggleOnlyProblems':
      return reduceLog(state, action);
    case 'stopping':
      return logged(
        { ...state, stopping: true },
        'warning',
        'Stopping cleanly. Press again to leave at once.',
      );
    case 'ask':
      return { ...state, question: action.question };
    case 'answered':
      return { ...state, question: undefined };
  }
}

/** Progress over the whole job, for the title line. */
export function finishedStages(state: ViewState): number {
  return stageIds.filter((id) => state.stages[id].status === 'done' || state.stages[id].status === 'skipped')
    .length;
}
