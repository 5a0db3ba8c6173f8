import type { ImageRecord } from '@skyground/metrics';
import type { MasterEvent, Side } from '../events.ts';
import { outputsSentence } from '../output/format.ts';
import { type StageId, stageIds, stageTitles } from '../stage-ids.ts';

/** What the terminal UI shows: a pure fold over the run's events and the person's keys. */
export interface ViewState {
  readonly startedMs: number;
  readonly run: Extract<MasterEvent, { type: 'runStarted' }> | undefined;
  readonly stages: Readonly<Record<StageId, StageView>>;
  readonly sides: Readonly<Record<Side, SideView>>;
  readonly log: readonly LogLine[];
  readonly failures: readonly ImageRecord[];
  readonly overlay: 'none' | 'help' | 'failures';
  readonly question: string | undefined;
  /** Which failed image the details show. */
  readonly selectedFailure: number;
  /** Lines scrolled back from the newest; undefined follows the log. */
  readonly scrolledBack: number | undefined;
  readonly stopping: boolean;
}

export type StageView =
  | { readonly status: 'pending' }
  | { readonly status: 'running'; readonly startedMs: number; readonly progress: Progress | undefined }
  | { readonly status: 'done'; readonly durationMs: number; readonly summary: string }
  | { readonly status: 'skipped'; readonly reason: string }
  | { readonly status: 'failed'; readonly message: string };

export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly unit: string;
}

export interface SideView {
  /** Names of the images being worked on, oldest first. */
  readonly inFlight: readonly string[];
  readonly finished: number;
  readonly failed: number;
  /** Of warm, successful images, in the order in which they finished. */
  readonly processingTimesMs: readonly number[];
  readonly firstStartMs: number | undefined;
  readonly lastFinishMs: number | undefined;
}

export interface LogLine {
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
}

export type KeyAction =
  | { readonly type: 'toggleHelp' }
  | { readonly type: 'toggleFailures' }
  | { readonly type: 'togglePause' }
  | { readonly type: 'move'; readonly lines: number }
  | { readonly type: 'stopping' }
  | { readonly type: 'ask'; readonly question: string }
  | { readonly type: 'answered' };

const emptySide: SideView = {
  inFlight: [],
  finished: 0,
  failed: 0,
  processingTimesMs: [],
  firstStartMs: undefined,
  lastFinishMs: undefined,
};

/** More than this is in run.log's place: the plain output. The pane only needs what a person scrolls through. */
const maximumLogLines = 500;

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
    log: [],
    failures: [],
    overlay: 'none',
    question: undefined,
    selectedFailure: 0,
    scrolledBack: undefined,
    stopping: false,
  };
}

function logged(state: ViewState, level: LogLine['level'], text: string): ViewState {
  const log = [...state.log, { level, text }].slice(-maximumLogLines);
  // While the person has scrolled back, what they read stays where it is.
  const scrolledBack = state.scrolledBack === undefined ? undefined : Math.min(state.scrolledBack + 1, log.length - 1);
  return { ...state, log, scrolledBack };
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

function imageFinished(state: ViewState, side: Side, record: ImageRecord, nowMs: number): ViewState {
  const view = state.sides[side];
  const ok = record.status === 'ok';
  const timed = ok && record.cold !== true && record.processingTimeMs !== null;
  const next = withSide(state, side, {
    ...view,
    inFlight: without(view.inFlight, record.image),
    finished: view.finished + 1,
    failed: view.failed + (ok ? 0 : 1),
    processingTimesMs:
      timed && record.processingTimeMs !== null ? [...view.processingTimesMs, record.processingTimeMs] : view.processingTimesMs,
    lastFinishMs: nowMs,
  });
  if (ok) return next;
  const text = `${side === 'cloud' ? 'cloud' : 'on-prem'}: ${record.image}: ${record.error ?? 'failed'}`;
  return logged({ ...next, failures: [...next.failures, record] }, 'error', text);
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
      return withStage(state, event.stage, { ...view, progress: { done, total, unit } });
    }
    case 'stageFinished': {
      const { durationMs, summary } = event;
      const next = withStage(state, event.stage, { status: 'done', durationMs, summary });
      return logged(next, 'info', `${stageTitles[event.stage]}: ${summary}`);
    }
    case 'stageSkipped':
      return withStage(state, event.stage, { status: 'skipped', reason: event.reason });
    case 'stageFailed': {
      const next = withStage(state, event.stage, { status: 'failed', message: event.message });
      return logged(next, 'error', event.message);
    }
    case 'imageStarted': {
      const view = state.sides[event.side];
      return withSide(state, event.side, {
        ...view,
        inFlight: [...view.inFlight, event.image],
        firstStartMs: view.firstStartMs ?? nowMs,
      });
    }
    case 'imageFinished':
      return imageFinished(state, event.side, event.record, nowMs);
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
    case 'toggleFailures':
      return { ...state, overlay: state.overlay === 'failures' ? 'none' : 'failures' };
    case 'togglePause':
      return { ...state, scrolledBack: state.scrolledBack === undefined ? 0 : undefined };
    case 'move': {
      if (state.overlay === 'failures') {
        const last = Math.max(0, state.failures.length - 1);
        return { ...state, selectedFailure: Math.min(last, Math.max(0, state.selectedFailure - action.lines)) };
      }
      const back = (state.scrolledBack ?? 0) + action.lines;
      return { ...state, scrolledBack: Math.min(Math.max(0, back), Math.max(0, state.log.length - 1)) };
    }
    case 'stopping':
      return logged({ ...state, stopping: true }, 'warning', 'Stopping: finishing what is in flight. Again to leave at once.');
    case 'ask':
      return { ...state, question: action.question };
    case 'answered':
      return { ...state, question: undefined };
  }
}

/** Progress over the whole job, for the title line. */
export function finishedStages(state: ViewState): number {
  return stageIds.filter((id) => ['done', 'skipped'].includes(state.stages[id].status)).length;
}
