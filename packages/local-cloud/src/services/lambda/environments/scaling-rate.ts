import type { Clock } from '../../../clock.ts';

/** AWS: 1,000 environments in every 10 seconds, for each function by itself. */
const PERIOD_MS = 10_000;

interface Allowance {
  readonly environments: number;
  readonly atMs: number;
}

/**
 * How fast a function may grow. The allowance refills continuously and is never more than one period's, as AWS describes
 * it: what was not used is not carried over.
 */
export class ScalingRate {
  readonly #clock: Clock;
  readonly #environmentsAPeriod: number;
  /** Of functions that have grown; the others have a full one. */
  readonly #allowances = new Map<string, Allowance>();

  constructor(clock: Clock, environmentsAPeriod: number) {
    this.#clock = clock;
    this.#environmentsAPeriod = environmentsAPeriod;
  }

  /** When the function may have another environment; undefined: now. */
  nextMs(functionName: string): number | undefined {
    const { environments, atMs } = this.#allowanceOf(functionName);
    if (environments >= 1) return undefined;
    return atMs + Math.ceil(((1 - environments) * PERIOD_MS) / this.#environmentsAPeriod);
  }

  take(functionName: string): void {
    const { environments, atMs } = this.#allowanceOf(functionName);
    this.#allowances.set(functionName, { environments: environments - 1, atMs });
  }

  #allowanceOf(functionName: string): Allowance {
    const nowMs = this.#clock.now();
    const known = this.#allowances.get(functionName);
    if (known === undefined) return { environments: this.#environmentsAPeriod, atMs: nowMs };
    const refilled = ((nowMs - known.atMs) * this.#environmentsAPeriod) / PERIOD_MS;
    return {
      environments: Math.min(this.#environmentsAPeriod, known.environments + refilled),
      atMs: nowMs,
    };
  }
}
