import { StatisticsError } from './errors.ts';
import { sampleOf } from './sample.ts';
import {
  fitParameters,
  type Measurement,
  normalEquations,
  type Parameters,
  predicted,
  solve,
  squaredError,
} from './scalability-fit.ts';
import { studentQuantile } from './student.ts';

/** An estimate with its 95 % interval, which ends at 0 at the lowest. */
export interface Coefficient {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

export type Knee =
  /** More load than this lowers the throughput; `measured`: it lies within the loads that were tried. */
  | { readonly kind: 'peak'; readonly load: number; readonly throughput: number; readonly measured: boolean }
  /** No crosstalk: the throughput rises towards this limit, lambda / sigma; null where it rises in proportion. */
  | { readonly kind: 'none'; readonly limit: number | null }
  /** The interval of kappa holds 0: whether there is a peak at all these measurements do not say. */
  | { readonly kind: 'not determined' };

export type ScalabilityResult =
  | {
      readonly kind: 'fit';
      /** Throughput of one worker, in the unit of the throughput. */
      readonly lambda: Coefficient;
      /** Contention: the share of the work that must wait its turn. */
      readonly sigma: Coefficient;
      /** Crosstalk: what every pair of workers costs to keep in agreement. */
      readonly kappa: Coefficient;
      readonly knee: Knee;
      /** Share of the throughput's variation that the law explains, at most 1. */
      readonly r2: number;
      readonly n: number;
    }
  | { readonly kind: 'too few'; readonly needed: number; readonly n: number }
  /** The law cannot be read from these measurements; reason is a sentence for a person. */
  | { readonly kind: 'cannot tell'; readonly reason: string; readonly n: number };

const fewestMeasurements = 6;
const fewestLoads = 4;
const leastR2 = 0.5;

/**
 * Fits the Universal Scalability Law, X(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1)), by least squares with sigma
 * and kappa not negative (Gunther, "A general theory of computational scalability based on rational functions", 2008).
 * Loads are workers, users or requests at a time, 1 or more; the same load may come repeatedly.
 */
export function fitScalability(measurements: Iterable<Measurement>): ScalabilityResult {
  const data = checkMeasurements(measurements);
  const n = data.length;
  if (n < fewestMeasurements) return { kind: 'too few', needed: fewestMeasurements, n };
  const refuse = (reason: string): ScalabilityResult => ({ kind: 'cannot tell', reason, n });
  const loads = new Set(data.map(({ load }) => load)).size;
  if (loads < fewestLoads) return refuse(`${loads} different loads; three coefficients need ${fewestLoads}.`);
  // In units of the largest throughput, so that no square leaves what a double holds.
  const unit = Math.max(...data.map(({ throughput }) => throughput));
  const centre = data.reduce((sum, { throughput }) => sum + throughput / unit / n, 0);
  const variation = data.reduce((sum, { throughput }) => sum + (throughput / unit - centre) ** 2, 0);
  if (!(variation > 1e-20)) return refuse('The throughput is the same at every load.');
  const scaled = data.map(({ load, throughput }) => ({ load, throughput: throughput / unit }));
  const parameters = fitParameters(scaled);
  const r2 = 1 - squaredError(parameters, scaled) / variation;
  if (r2 < leastR2) {
    return refuse(
      `The law explains only ${Math.max(0, Math.round(r2 * 100))} % of the throughput's variation.`,
    );
  }
  const errors = standardErrors(parameters, scaled);
  if (errors === undefined)
    return refuse('The loads lie too near to each other to tell the coefficients apart.');
  const quantile = studentQuantile(0.975, n - parameters.length);
  const coefficient = (index: 0 | 1 | 2, scale: number): Coefficient => ({
    estimate: parameters[index] * scale,
    low: Math.max(0, parameters[index] - quantile * errors[index]) * scale,
    high: (parameters[index] + quantile * errors[index]) * scale,
  });
  const [lambda, sigma, kappa] = [coefficient(0, unit), coefficient(1, 1), coefficient(2, 1)];
  if (
    ![lambda, sigma, kappa].every(({ estimate, high }) => Number.isFinite(estimate) && Number.isFinite(high))
  ) {
    return refuse(
      'The throughputs lie too many orders of magnitude apart to say how sure the coefficients are.',
    );
  }
  const largestLoad = Math.max(...data.map(({ load }) => load));
  return { kind: 'fit', lambda, sigma, kappa, knee: kneeOf(lambda, sigma, kappa, largestLoad), r2, n };
}

function checkMeasurements(measurements: Iterable<Measurement>): readonly Measurement[] {
  const data = [...measurements];
  sampleOf(data.flatMap(({ load, throughput }) => [load, throughput]));
  for (const { load, throughput } of data) {
    if (!(load >= 1 && load <= 1e6) || throughput < 0) {
      throw new StatisticsError(
        `Scalability is of throughputs from 0 on at loads from 1 to 1e6, got ${throughput} at ${load}.`,
      );
    }
  }
  return data;
}

function kneeOf(lambda: Coefficient, sigma: Coefficient, kappa: Coefficient, largestLoad: number): Knee {
  if (kappa.estimate === 0) {
    const limit = lambda.estimate / sigma.estimate;
    return { kind: 'none', limit: Number.isFinite(limit) ? limit : null };
  }
  if (kappa.low === 0) return { kind: 'not determined' };
  // Contention of 1 or more: every further worker only costs.
  const load = Math.max(1, Math.sqrt(Math.max(0, 1 - sigma.estimate) / kappa.estimate));
  const throughput = predicted([lambda.estimate, sigma.estimate, kappa.estimate], load);
  return { kind: 'peak', load, throughput, measured: load <= largestLoad };
}

/** From the law's slopes at the fit, as R's nls; undefined where they cannot be told apart. */
function standardErrors(
  parameters: Parameters,
  data: readonly Measurement[],
): readonly [number, number, number] | undefined {
  const { matrix } = normalEquations(parameters, data, [0, 1, 2]);
  const variance = squaredError(parameters, data) / (data.length - parameters.length);
  const errors = [0, 1, 2].map((index) => {
    const column = solve(
      matrix,
      [0, 1, 2].map((row) => (row === index ? 1 : 0)),
    );
    return column === undefined ? undefined : Math.sqrt(variance * (column[index] ?? 0));
  });
  const [lambda, sigma, kappa] = errors;
  return lambda === undefined || sigma === undefined || kappa === undefined
    ? undefined
    : [lambda, sigma, kappa];
}
