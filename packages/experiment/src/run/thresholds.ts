import { judgeThresholds, LoadError, type LoadSample, parseThreshold, type Threshold } from '@skyground/load';
import type { PlannedUnit } from '../contract/experiment.ts';
import { UsageError } from '../errors.ts';
import type { Observation } from '../observation.ts';

/** What became of a threshold in one arm. */
export interface JudgedThreshold {
  /** As the person wrote it. */
  readonly text: string;
  readonly arm: string;
  /** Without a single sample to judge it is not kept: a run that did nothing must not pass. */
  readonly verdict: 'kept' | 'broken' | 'no samples';
  /** In ms, a share or a count, as the threshold speaks of; null without samples. */
  readonly value: number | null;
}

interface ArmThreshold {
  readonly text: string;
  readonly arms: readonly string[];
  readonly threshold: Threshold;
}

const forms =
  'expected such as p(99)<500 (milliseconds; p(N), avg, min, med or max), failed:rate<0.01 or dropped:count==0, for one arm as in ARM: p(99)<500';

/**
 * Reads thresholds in k6's words, `p(99)<500` for every arm or `ARM: p(99)<500` for one. Throws UsageError, which names the
 * arms there are, for anything else.
 */
export function parseThresholds(texts: readonly string[], arms: readonly string[]): readonly ArmThreshold[] {
  // Of two arms of which one's name begins with the other's, the longer is meant.
  const longestFirst = arms.toSorted((a, b) => b.length - a.length);
  return texts.map((text) => {
    for (const arm of longestFirst) {
      const rest = text.trimStart().startsWith(arm) ? text.trimStart().slice(arm.length).trimStart() : '';
      if (!rest.startsWith(':')) continue;
      const threshold = parsed(rest.slice(1));
      // An arm may be called as a metric is: then what stands behind it is not a whole threshold.
      if (threshold !== undefined) return { text, arms: [arm], threshold };
    }
    const threshold = parsed(text);
    if (threshold === undefined) {
      throw new UsageError(
        `The threshold ${JSON.stringify(text)} is not understood: ${forms}. Arms: ${arms.join(', ')}.`,
      );
    }
    return { text, arms, threshold };
  });
}

/** undefined also for service_ms: an observation has one duration, the one that arms are compared by. */
function parsed(text: string): Threshold | undefined {
  try {
    const threshold = parseThreshold(text);
    return threshold.metric === 'service_ms' ? undefined : threshold;
  } catch (error) {
    if (error instanceof LoadError) return undefined;
    throw error;
  }
}

/** Latencies are the compared durations of what succeeded; rates are shares of everything compared that was due. Pure. */
export function judge(
  thresholds: readonly ArmThreshold[],
  observations: readonly Observation[],
): readonly JudgedThreshold[] {
  const byArm = Map.groupBy(
    observations.filter(({ isCompared }) => isCompared),
    ({ arm }) => arm,
  );
  return thresholds.flatMap(({ text, arms, threshold }) =>
    arms.map((arm) => {
      const isOfDurations = threshold.metric === 'response_ms';
      const samples = (byArm.get(arm) ?? []).flatMap(isOfDurations ? durationAsSample : outcomeAsSample);
      const verdict = judgeThresholds([threshold], samples)[0];
      if (verdict === undefined || verdict.verdict === 'no samples') {
        return { text, arm, verdict: 'no samples', value: null };
      }
      return { text, arm, verdict: verdict.verdict, value: verdict.value };
    }),
  );
}

/** Of a plan, in the order in which they first run. */
export function armsOf(units: readonly PlannedUnit[]): readonly string[] {
  return [...new Set(units.map(({ arm }) => arm))];
}

export function isBroken({ verdict }: JudgedThreshold): boolean {
  return verdict !== 'kept';
}

function durationAsSample({ outcome, durationMs }: Observation): readonly LoadSample[] {
  if (outcome !== 'succeeded' || durationMs === null || !Number.isFinite(durationMs)) return [];
  return [sample('ok', durationMs)];
}

function outcomeAsSample({ outcome }: Observation): readonly LoadSample[] {
  if (outcome === 'unsent') return [{ ...due, status: 'dropped' }];
  return [sample(outcome === 'succeeded' ? 'ok' : 'failed', 0)];
}

const due = { sequence: 0, user: null, method: '', name: '', dueAtMs: 0 } as const;

/** As the load package judges it: only how long it took, and whether it succeeded. */
function sample(status: 'ok' | 'failed', durationMs: number): LoadSample {
  return {
    ...due,
    status,
    sentAtMs: 0,
    firstByteAtMs: null,
    endedAtMs: durationMs,
    responseCode: null,
    error: null,
    sentBytes: 0,
    receivedBytes: 0,
    answerId: null,
    inFlight: 1,
  };
}
