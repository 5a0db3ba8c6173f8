import type { LoadSample, SentSample } from '@skyground/load';
import type { AnyExperiment } from '../contract/experiment.ts';
import { UsageError } from '../errors.ts';
import type { Observation } from '../observation.ts';

/** What JMeter's own samplers put for a success where there is no protocol to give a code. */
const okCode = '200';

/** The samples of an experiment as requests, in the order of their rows. UsageError for one whose times are not known. */
export function loadSamplesOf(experiment: AnyExperiment, samples: readonly object[]): readonly LoadSample[] {
  if (experiment.loadSample !== undefined) {
    return samples.flatMap((sample) => experiment.loadSample?.(sample) ?? []);
  }
  const observations = samples.map((sample) => experiment.observe(sample));
  const underWay = counterOf(observations);
  return observations.map((observation, sequence) => requestOf(observation, sequence, underWay));
}

function requestOf(
  observation: Observation,
  sequence: number,
  underWay: (atMs: number) => number,
): LoadSample {
  const { arm, unit, dueAtMs, startedAtMs, outcome, isCompared, payload } = observation;
  // A name of its own for warm-up: these files have one line of statistics a name, and it is no part of the comparison.
  const name = isCompared ? arm : `${arm} (not compared)`;
  const due = dueAtMs ?? startedAtMs;
  const unknown = (what: string) =>
    new UsageError(
      `Unit ${unit} of ${arm} has no ${what} time, and these formats need one: export csv or json instead.`,
    );
  if (due === null) throw unknown('due or start');
  const common = { sequence, user: null, method: '', name, dueAtMs: due };
  if (outcome === 'unsent') return { ...common, status: 'dropped' };
  if (startedAtMs === null) throw unknown('start');
  const ended = endOf(observation);
  const isOk = outcome === 'succeeded';
  // Of a failure that nobody timed only the moment is known.
  if (ended === null && isOk) throw unknown('end');
  return {
    ...common,
    status: isOk ? 'ok' : 'failed',
    sentAtMs: startedAtMs,
    firstByteAtMs: null,
    endedAtMs: ended ?? startedAtMs,
    responseCode: isOk ? okCode : null,
    error: isOk ? null : outcome,
    sentBytes: 0,
    receivedBytes: payload?.actualBytes ?? 0,
    answerId: null,
    // One that ends as it begins has ended by then, and was under way all the same.
    inFlight: underWay(startedAtMs) + ((ended ?? startedAtMs) <= startedAtMs ? 1 : 0),
  } satisfies SentSample;
}

function endOf({ startedAtMs, endedAtMs, durationMs }: Observation): number | null {
  return endedAtMs ?? (startedAtMs === null || durationMs === null ? null : startedAtMs + durationMs);
}

/** How many had begun and not ended by a time; what begins then is among them. */
function counterOf(observations: readonly Observation[]): (atMs: number) => number {
  const starts = sorted(observations.map(({ startedAtMs }) => startedAtMs));
  const ends = sorted(observations.map((observation) => endOf(observation) ?? observation.startedAtMs));
  return (atMs) => countUntil(starts, atMs) - countUntil(ends, atMs);
}

function sorted(timesMs: readonly (number | null)[]): Float64Array {
  return Float64Array.from(timesMs.filter((ms) => ms !== null)).sort();
}

/** How many of ascending times are not later, by halving. */
function countUntil(times: Float64Array, atMs: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
