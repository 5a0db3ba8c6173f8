import { StatisticsError } from './errors.ts';
import { fitHardLimit } from './hard-limit.ts';
import { type Coefficient, type Knee, kneeBeside, kneeOf } from './knee.ts';
import { sampleOf } from './sample.ts';
import {
  fitParameters,
  type Measurement,
  normalEquations,
  type Parameters,
  solve,
  squaredError,
} from './scalability-fit.ts';
import { studentQuantile } from './student.ts';

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
/** Of the mean throughput. R² of a level throughput is 0 however well it is described: so a fit that is refused scatters, too. */
const mostScatter = 0.2;

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
  const error = squaredError(parameters, scaled);
  const r2 = 1 - error / variation;
  if (r2 < leastR2 && Math.sqrt(error / (n - parameters.length)) > mostScatter * centre) {
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
  const knee = kneeBeside(kneeOf(lambda, sigma, kappa, largestLoad), fitHardLimit(scaled), {
    error,
    variation,
    n,
    unit,
    largestLoad,
  });
  return { kind: 'fit', lambda, sigma, kappa, knee, r2, n };
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
