import type { CloudMonth } from './cloud-month.ts';
import type { OnPremMonth } from './on-prem-month.ts';

export type Side = 'cloud' | 'on-prem';

/** Images a month, inclusive at both ends. */
export interface VolumeRange {
  readonly low: number;
  readonly high: number;
}

/** Above this volume the named side is the cheaper one, up to the next crossing. */
export interface Crossing {
  readonly imagesPerMonth: number;
  readonly cheaperAbove: Side;
}

/**
 * Finds where a rising line with bends (cloud) and a stair (on-prem) cross. On one step the line can only climb over the
 * stair; it falls below it again only where the stair rises. So a step is judged by its two ends, and because the line is
 * straight between bends, the first or last step with some property is found by bisection: a million servers cost no more
 * to search than ten.
 */
export class Crossings {
  readonly #cloud: CloudMonth;
  readonly #onPrem: OnPremMonth;
  readonly #range: VolumeRange;
  readonly #lowStep: number;
  readonly #highStep: number;

  constructor(cloud: CloudMonth, onPrem: OnPremMonth, range: VolumeRange) {
    this.#cloud = cloud;
    this.#onPrem = onPrem;
    this.#range = range;
    this.#lowStep = onPrem.serversAt(range.low);
    this.#highStep = onPrem.serversAt(range.high);
  }

  /** At the same cost, the cloud: nothing need be bought. */
  cheaperAt(imagesPerMonth: number): Side {
    return exceeds(this.#cloud.usdAt(imagesPerMonth), this.#onPrem.usdAt(imagesPerMonth))
      ? 'on-prem'
      : 'cloud';
  }

  /** In rising order, from the bottom of the range. */
  *all(): Generator<Crossing> {
    let step = this.#lowStep;
    let cheaper = this.cheaperAt(this.#range.low);
    for (;;) {
      const crossing = cheaper === 'cloud' ? this.#nextClimb(step) : this.#nextFall(step);
      if (crossing === undefined) return;
      yield crossing.crossing;
      ({ step } = crossing);
      cheaper = crossing.crossing.cheaperAbove;
    }
  }

  /** The volume from which on-prem is the cheaper side up to the top of the range; undefined: at the top it is not. */
  lastClimb(): number | undefined {
    if (this.cheaperAt(this.#range.high) === 'cloud') return undefined;
    const step = lastStep(
      (candidate) => this.#isLostAtStart(candidate),
      this.#lowStep + 1,
      this.#highStep,
      this.#startBends(),
    );
    if (step !== undefined) return this.#climbOn(step);
    return this.cheaperAt(this.#range.low) === 'on-prem' ? this.#range.low : this.#climbOn(this.#lowStep);
  }

  #nextClimb(from: number): { readonly crossing: Crossing; readonly step: number } | undefined {
    const step = firstStep(
      (candidate) => this.#isWonAtEnd(candidate),
      from,
      this.#highStep,
      this.#endBends(),
    );
    if (step === undefined) return undefined;
    const imagesPerMonth = this.#climbOn(step);
    if (imagesPerMonth > this.#range.high) return undefined;
    return { crossing: { imagesPerMonth, cheaperAbove: 'on-prem' }, step };
  }

  #nextFall(from: number): { readonly crossing: Crossing; readonly step: number } | undefined {
    const step = firstStep(
      (candidate) => this.#isLostAtStart(candidate),
      from + 1,
      this.#highStep,
      this.#startBends(),
    );
    if (step === undefined) return undefined;
    return { crossing: { imagesPerMonth: this.#startOf(step), cheaperAbove: 'cloud' }, step };
  }

  #climbOn(step: number): number {
    return this.#cloud.imagesFor(step * this.#onPrem.usdPerServer);
  }

  #startOf(step: number): number {
    return (step - 1) * this.#onPrem.imagesPerServer;
  }

  #isWonAtEnd(step: number): boolean {
    return exceeds(this.#cloud.usdAt(step * this.#onPrem.imagesPerServer), step * this.#onPrem.usdPerServer);
  }

  #isLostAtStart(step: number): boolean {
    return exceeds(step * this.#onPrem.usdPerServer, this.#cloud.usdAt(this.#startOf(step)));
  }

  #endBends(): readonly number[] {
    return this.#cloud.bends.map((images) => images / this.#onPrem.imagesPerServer);
  }

  #startBends(): readonly number[] {
    return this.#endBends().map((step) => step + 1);
  }
}

/** By more than a last digit, which would make two crossings of a line that touches a corner of the stair. */
function exceeds(a: number, b: number): boolean {
  return a > b * (1 + 1e-12);
}

/** The first whole number from `from` to `to` for which `holds`, which changes at most once between two bends. */
function firstStep(
  holds: (step: number) => boolean,
  from: number,
  to: number,
  bends: readonly number[],
): number | undefined {
  for (const [low, high] of straightRuns(from, to, bends)) {
    if (holds(low)) return low;
    if (holds(high)) return boundary(holds, low, high);
  }
  return undefined;
}

function lastStep(
  holds: (step: number) => boolean,
  from: number,
  to: number,
  bends: readonly number[],
): number | undefined {
  for (const [low, high] of straightRuns(from, to, bends).toReversed()) {
    if (holds(high)) return high;
    if (holds(low)) return boundary((step) => !holds(step), low, high) - 1;
  }
  return undefined;
}

/** `holds` is false at `low` and true at `high`: the first for which it is true. */
function boundary(holds: (step: number) => boolean, low: number, high: number): number {
  let no = low;
  let yes = high;
  while (yes - no > 1) {
    const middle = Math.floor((no + yes) / 2);
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}

/** Whole numbers from `from` to `to`, cut where a bend lies between two of them. */
function straightRuns(from: number, to: number, bends: readonly number[]): [number, number][] {
  const starts = bends.map(Math.ceil).filter((step) => step > from && step <= to);
  const lows = [from, ...starts];
  return lows
    .map((low, index): [number, number] => [low, (lows[index + 1] ?? to + 1) - 1])
    .filter(([low, high]) => low <= high);
}
