import type { Observation, PlannedArm, RunEvent } from '@skyground/experiment';
import { formatDuration, printable } from '../../output/format.ts';
import type { PressAction } from '../keys.ts';
import { emptyLog, type LogView, logged, reduceLog } from '../log.ts';
import type { Progress } from '../state.ts';

/** What is shown of an experiment while it runs: a pure fold over the run's events and the person's keys. */
export interface LiveState extends LogView {
  readonly startedMs: number;
  /** Of the experiment; the target joins it when the run has begun. */
  readonly title: string;
  readonly targetLabel: string | undefined;
  readonly activity: string;
  readonly units: number;
  readonly finishedUnits: number;
  /** undefined until a planned unit was measured while we looked. */
  readonly progress: Progress | undefined;
  /** In the order of the plan. */
  readonly arms: readonly ArmView[];
  readonly overlay: 'none' | 'help';
  readonly isStopping: boolean;
}

export interface ArmView {
  readonly name: string;
  readonly planned: number;
  readonly done: number;
  readonly failed: number;
  readonly cold: number;
  /** Of the last samples that are compared, oldest first; those of before a resume are not among them. */
  readonly recentTimesMs: readonly number[];
}

export type LiveAction = PressAction | { readonly type: 'stopping' };

/** Bounded, so that a sample costs the same in a run of a hundred thousand. */
const maximumTimes = 1000;

export function initialLive(title: string, nowMs: number): LiveState {
  return {
    ...emptyLog,
    startedMs: nowMs,
    title: printable(title),
    targetLabel: undefined,
    activity: 'starting',
    units: 0,
    finishedUnits: 0,
    progress: undefined,
    arms: [],
    overlay: 'none',
    isStopping: false,
  };
}

export function reduceRunEvent(state: LiveState, event: RunEvent, nowMs: number): LiveState {
  switch (event.type) {
    case 'runStarted': {
      const { units, finishedUnits, targetLabel, estimatedDurationMs, isResumed } = event;
      const next = { ...state, units, finishedUnits, targetLabel: printable(targetLabel) };
      const begun = `${units} units planned, about ${formatDuration(estimatedDurationMs)}`;
      const text = isResumed ? `resumed: ${finishedUnits} of ${units} units are there` : begun;
      return logged({ ...next, arms: event.arms.map(armOf) }, 'info', text);
    }
    case 'progress':
      return logged({ ...state, activity: printable(event.activity) }, 'info', event.activity);
    case 'sampleRecorded':
      return sampled(state, event, nowMs);
    case 'log':
      return logged(state, event.level, event.message);
    case 'derived':
      return logged({ ...state, activity: 'derived' }, 'info', event.verdict.headline);
    case 'runFinished': {
      const { outcome } = event;
      return 'message' in outcome ? logged(state, 'error', outcome.message) : state;
    }
  }
}

export function reduceLiveKey(state: LiveState, action: LiveAction): LiveState {
  switch (action.type) {
    case 'toggleHelp':
      return { ...state, overlay: state.overlay === 'help' ? 'none' : 'help' };
    case 'closeOverlay':
      return { ...state, overlay: 'none' };
    case 'toggleFailures':
      // Failed units stand in the log, which `l` filters.
      return state;
    case 'stopping':
      return logged(
        { ...state, isStopping: true },
        'warning',
        'Stopping cleanly. Press again to leave at once.',
      );
    default:
      return reduceLog(state, action);
  }
}

function armOf({ arm, units, finishedUnits }: PlannedArm): ArmView {
  return {
    name: printable(arm),
    planned: units,
    done: finishedUnits,
    failed: 0,
    cold: 0,
    recentTimesMs: [],
  };
}

function sampled(
  state: LiveState,
  { observation, units, finishedUnits }: Extract<RunEvent, { type: 'sampleRecorded' }>,
  nowMs: number,
): LiveState {
  // Warm-up is no unit of the plan.
  const isPlanned = finishedUnits > state.finishedUnits;
  const { firstDone = finishedUnits, firstMs = nowMs } = state.progress ?? {};
  const next: LiveState = {
    ...state,
    finishedUnits,
    progress: isPlanned
      ? { done: finishedUnits, total: units, unit: 'units', firstDone, firstMs }
      : state.progress,
    arms: state.arms.map((arm) =>
      arm.name === printable(observation.arm) ? withSample(arm, observation, isPlanned) : arm,
    ),
  };
  const { arm, unit, outcome } = observation;
  return outcome === 'succeeded' ? next : logged(next, 'error', `${arm} ${unit}: ${outcome}`);
}

function withSample(
  arm: ArmView,
  { outcome, start, durationMs, isCompared }: Observation,
  isPlanned: boolean,
): ArmView {
  const isTimed = isCompared && outcome === 'succeeded' && durationMs !== null;
  return {
    ...arm,
    done: arm.done + (isPlanned ? 1 : 0),
    failed: arm.failed + (outcome === 'succeeded' ? 0 : 1),
    cold: arm.cold + (start === 'cold' ? 1 : 0),
    recentTimesMs: isTimed ? [...arm.recentTimesMs.slice(1 - maximumTimes), durationMs] : arm.recentTimesMs,
  };
}
