import type { CheckInput } from '../../src/checks/check.ts';
import type { Observation } from '../../src/observation.ts';
import { normal, randomNumbers, shuffled } from './random.ts';

interface CleanRun {
  readonly seed: number;
  readonly arms?: readonly string[];
  readonly works?: number;
  readonly repetitions?: number;
  /** `alternating`: sample by sample. `random`: all samples shuffled. `blocks`: each repetition one block an arm. */
  readonly order?: 'alternating' | 'random' | 'blocks';
  /** An open model at this many a second; closed without. */
  readonly rate?: number;
}

/**
 * A run without a defect: images of very different sizes, noise of 10 % with a long tail and now and then a hiccup, a handler's
 * time inside a longer request.
 */
export function cleanRun({
  seed,
  arms = ['on_prem', 'cloud'],
  works = 8,
  repetitions = 5,
  order = 'alternating',
  rate,
}: CleanRun): CheckInput {
  const random = randomNumbers(seed);
  const sizes = Array.from({ length: works }, () => 20 * 10 ** random());
  const speeds = arms.map(() => 0.5 + random());
  const samples = Array.from({ length: repetitions }, (_, repetition) => {
    const inArm = (arm: string, index: number) =>
      sizes.map((sizeMs, work) => ({
        arm,
        unit: `${work}.jpg#${repetition + 1}`,
        meanMs: sizeMs * (speeds[index] ?? 1),
      }));
    const blocks = arms.map(inArm);
    return order === 'blocks'
      ? blocks.flat()
      : sizes.flatMap((_, work) => blocks.map((block) => block[work]));
  }).flat();
  const planned = new Map(
    arms.map((arm) => [arm, samples.flatMap((sample) => (sample?.arm === arm ? [sample.unit] : []))]),
  );
  let nowMs = Date.parse('2026-11-21T06:30:00.000Z');
  const observations = (order === 'random' ? shuffled(samples, random) : samples).flatMap((sample) => {
    if (sample === undefined) return [];
    const hiccup = random() < 0.01 ? 3 : 1;
    const durationMs = sample.meanMs * Math.exp(0.1 * normal(random)) * hiccup;
    const overheadMs = 2 + 10 * random();
    const lateMs = 0.5 * random();
    const row = observation({
      arm: sample.arm,
      unit: sample.unit,
      dueAtMs: rate === undefined ? null : nowMs,
      startedAtMs: rate === undefined ? nowMs : nowMs + lateMs,
      endedAtMs: nowMs + lateMs + durationMs + overheadMs,
      durationMs,
      start: sample.arm === 'on_prem' ? 'not applicable' : 'warm',
    });
    nowMs = rate === undefined ? nowMs + durationMs + overheadMs + 1 : nowMs + 1000 / rate;
    return [row];
  });
  return {
    observations,
    planned,
    durationCovers: 'part',
    conditions: {
      minimumSamples: 6,
      clockResolutionMs: 0.001,
      clockOffset: { offsetMs: 1.5 - 3 * random(), uncertaintyMs: 2 },
      load: { foreignCores: 0.3 * random(), cores: 2, stealShare: 0.01 * random() },
      pricesReadOn: '2026-08-01',
      startedAt: '2026-11-21T06:30:00.000Z',
    },
  };
}

/** A warm, successful sample that did its work; tests change what they are about. */
export function observation(change: Partial<Observation> = {}): Observation {
  return {
    arm: 'cloud',
    unit: '0.jpg#1',
    dueAtMs: null,
    startedAtMs: 1000,
    endedAtMs: 1050,
    durationMs: 40,
    outcome: 'succeeded',
    start: 'warm',
    didWork: true,
    variant: null,
    isCompared: true,
    payload: null,
    ...change,
  };
}
