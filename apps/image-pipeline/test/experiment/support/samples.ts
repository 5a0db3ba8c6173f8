import type { Branch } from '../../../src/branches.ts';
import { type FunctionRun, functionNames, functionsCell } from '../../../src/experiment/function-runs.ts';
import { inputsCell } from '../../../src/experiment/input-waits.ts';
import type { Mode } from '../../../src/experiment/modes.ts';
import type { Sample } from '../../../src/experiment/sample.ts';

/** A run by its terms: everything else follows from them. */
export interface Shape {
  readonly mode: Mode;
  readonly unit: string;
  /** Since the end of ImageLoader. */
  readonly branchMs: Readonly<Record<Branch, number>>;
  /** From the end of the invoking branch to the Publisher. */
  readonly startMs: number;
  /** The Publisher's own. */
  readonly workMs: number;
  readonly startedAtMs?: number;
  readonly change?: Partial<Sample>;
}

const loaderMs = 50;
const origin = Date.UTC(2026, 10, 21);

/** As the model has it: CLASSIC begins with the last branch, FUTURE_BASED with the first and ends no sooner than the last. */
export function sampleOf({
  mode,
  unit,
  branchMs,
  startMs,
  workMs,
  startedAtMs = origin,
  change = {},
}: Shape): Sample {
  const loaderEndMs = startedAtMs + loaderMs;
  const inOrder = Object.entries(branchMs).toSorted(([, a], [, b]) => a - b);
  const [fastest = ['thumbnail', 0], slowest = ['contour', 0]] = [inOrder.at(0), inOrder.at(-1)];
  const isFuture = mode === 'FUTURE_BASED';
  const [invokedBy, invokerMs] = isFuture ? fastest : slowest;
  const publisherStartMs = loaderEndMs + invokerMs + startMs;
  const allThereMs = loaderEndMs + slowest[1];
  const endMs = Math.max(publisherStartMs + workMs, allThereMs);
  const timesOf = (name: (typeof functionNames)[number]): readonly [number, number] => {
    if (name === 'imageLoader') return [startedAtMs, loaderEndMs];
    if (name === 'publisher') return [publisherStartMs, endMs];
    return [loaderEndMs, loaderEndMs + branchMs[name]];
  };
  const isCold = unit.includes(', cold');
  const runs = functionNames.map((name): FunctionRun => {
    const [userStartedAtMs, userEndedAtMs] = timesOf(name);
    const durationMs = userEndedAtMs - userStartedAtMs;
    return {
      ...{ name, requestId: `${unit}-${name}`, userStartedAtMs, userEndedAtMs, durationMs },
      billedMs: Math.ceil(durationMs),
      initMs: isCold ? 200 : null,
      maxMemoryUsedMb: 100,
      memoryMb: name === 'publisher' ? 256 : 512,
    };
  });
  return {
    ...{ mode, unit, phase: 'measured', intendedStart: isCold ? 'cold' : 'warm', scenario: 'uniform' },
    ...{ thumbnailDelayMs: 0, transformDelayMs: 0, filtersDelayMs: 0, contourDelayMs: 0 },
    ...{
      timeScale: 1,
      imageSize: '480x270',
      passing: 'key',
      session: `${mode}-${unit}`.replaceAll(/[^\w-]/g, '-'),
    },
    ...{ outcome: 'succeeded', error: null, startedAtMs, endedAtMs: endMs, endToEndMs: endMs - startedAtMs },
    firstPublishAtMs: isFuture ? publisherStartMs + workMs / 2 : endMs,
    finalPublishAtMs: endMs,
    recordedMode: mode,
    invokedBy,
    preResolved: isFuture ? 1 : 4,
    billedWaitMs: endMs - publisherStartMs - workMs,
    manifestSha256: 'a'.repeat(64),
    contactSheetSha256: 'b'.repeat(64),
    coldFunctions: isCold ? functionNames.length : 0,
    ...{ storeReads: 20, storeWrites: 12, s3Puts: 26, s3Gets: 9, transitions: 0, logBytes: 5000 },
    functions: functionsCell(runs),
    inputs: inputsCell([]),
    ...{ targetLabel: 'cloud (local)', priceRegion: 'us-east-1', architecture: 'x86_64' },
    ...change,
  };
}

export const spreadOut = { thumbnail: 100, transform: 300, filters: 500, contour: 900 } as const;

/** So many neighbouring runs of both modes, one round apart by some milliseconds. */
export function pairs(
  count: number,
  shape: Partial<Omit<Shape, 'mode' | 'unit'>> = {},
  suffix = '',
): readonly Sample[] {
  return Array.from({ length: count }, (_none, index) => index + 1).flatMap((round) =>
    (['CLASSIC', 'FUTURE_BASED'] as const).map((mode, place) =>
      sampleOf({
        mode,
        unit: `uniform${suffix}#${round}`,
        branchMs: { ...spreadOut, contour: spreadOut.contour + round },
        startMs: 10,
        workMs: 60,
        startedAtMs: origin + (2 * round + place) * 5000,
        ...shape,
      }),
    ),
  );
}
