import { concurrencyOf, type Parameters } from './parameters.ts';

export type Side = 'on_prem' | 'cloud';

/** One image done once. */
export interface Task {
  readonly image: string;
  readonly repetition: number;
}

/** What one side does in one go, while the other side rests. */
export interface Round {
  readonly phase: 'compare' | 'sweep';
  readonly side: Side;
  readonly arm: string;
  /** On-prem workers, or Lambda environments at once. */
  readonly width: number;
  readonly tasks: readonly Task[];
}

/** Passes over all points of a sweep: each point is measured again after all others, often enough to tell a gain from luck. */
const sweepPasses = 3;
/** Images of each point of the width sweep, for each of its widest workers: the last ones to finish must not decide. */
const imagesPerWorker = 3;

/** All rounds in run order: the comparison first, then the sweep. Within both, the side that begins alternates. */
export function roundsOf(parameters: Parameters, images: readonly string[]): readonly Round[] {
  const { repetitions, workers, sweep } = parameters;
  const widths = { on_prem: workers, cloud: concurrencyOf(parameters) };
  const compared = Array.from({ length: repetitions }, (_, index) =>
    sidesInTurn(index).map((side): Round => {
      const tasks = images.map((image) => ({ image, repetition: index + 1 }));
      return { phase: 'compare', side, arm: side, width: widths[side], tasks };
    }),
  ).flat();
  return sweep ? [...compared, ...sweepRounds(parameters, images, widths)] : compared;
}

function sweepRounds(
  { sweepImages, sweepWidths }: Parameters,
  images: readonly string[],
  usual: Readonly<Record<Side, number>>,
): readonly Round[] {
  const perWidth = Math.max(10, imagesPerWorker * Math.max(...sweepWidths));
  const points = [
    ...ascending(sweepWidths).map((width) => ({ name: widthArm(width), width, count: perWidth })),
    ...ascending(sweepImages).map((count) => ({ name: imagesArm(count), width: undefined, count })),
  ];
  return Array.from({ length: sweepPasses }, (_, pass) =>
    points.flatMap(({ name, width, count }, index) =>
      sidesInTurn(pass + index).map(
        (side): Round => ({
          phase: 'sweep',
          side,
          arm: `${side} ${name}`,
          width: width ?? usual[side],
          tasks: manyTasks(images, count, pass),
        }),
      ),
    ),
  ).flat();
}

export function widthArm(width: number): string {
  return `width ${width}`;
}

export function imagesArm(count: number): string {
  return `${count} images`;
}

/** Each image as often as it takes; numbered on from the passes before, because a unit is measured once an arm. */
function manyTasks(images: readonly string[], count: number, pass: number): readonly Task[] {
  const before = pass * Math.ceil(count / images.length);
  return Array.from({ length: Math.ceil(count / images.length) }, (_, copy) =>
    images.map((image) => ({ image, repetition: before + copy + 1 })),
  )
    .flat()
    .slice(0, count);
}

function sidesInTurn(index: number): readonly Side[] {
  return index % 2 === 0 ? ['on_prem', 'cloud'] : ['cloud', 'on_prem'];
}

function ascending(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].toSorted((a, b) => a - b);
}

export function unitOf({ image, repetition }: Task): string {
  return `${image}#${repetition}`;
}

/** The rounds without what has a row already; a round that was torn apart by a kill keeps only its rest. */
export function roundsLeft(
  rounds: readonly Round[],
  units: readonly { readonly arm: string; readonly unit: string }[],
): readonly Round[] {
  const left = new Set(units.map(({ arm, unit }) => JSON.stringify([arm, unit])));
  return rounds
    .map((round) => ({
      ...round,
      tasks: round.tasks.filter((task) => left.has(JSON.stringify([round.arm, unitOf(task)]))),
    }))
    .filter(({ tasks }) => tasks.length > 0);
}
