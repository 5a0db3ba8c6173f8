/** Least squares for the Universal Scalability Law, on loads and throughputs that `scalability.ts` has checked. */

export interface Measurement {
  readonly load: number;
  readonly throughput: number;
}

/** lambda, sigma and kappa. */
export type Parameters = readonly [number, number, number];

export function predicted([lambda, sigma, kappa]: Parameters, load: number): number {
  return (lambda * load) / (1 + sigma * (load - 1) + kappa * load * (load - 1));
}

export function squaredError(parameters: Parameters, data: readonly Measurement[]): number {
  return data.reduce((sum, { load, throughput }) => sum + (throughput - predicted(parameters, load)) ** 2, 0);
}

/**
 * The best parameters with sigma and kappa not negative. The best without that bound, if it keeps it; else the best lies
 * on the bound: so every choice of what is 0 is fitted, and the best admissible one taken.
 */
export function fitParameters(data: readonly Measurement[]): Parameters {
  const choices = [[0], [0, 1], [0, 2], [0, 1, 2]].map((free) => minimise(data, startFor(data, free), free));
  const admissible = choices.filter(([, sigma, kappa]) => sigma >= 0 && kappa >= 0);
  // Simplest first: what only rounding improves is no contention. Throughputs are in units of the largest.
  const rounding = 1e-20 * data.length;
  return admissible.reduce((best, next) =>
    squaredError(next, data) < squaredError(best, data) - rounding ? next : best,
  );
}

/** The best point of a coarse grid about the largest load, where contention and crosstalk are of the order of 1. */
function startFor(data: readonly Measurement[], free: readonly number[]): Parameters {
  const largest = Math.max(...data.map(({ load }) => load));
  const sizes = [0.001, 0.01, 0.1, 1, 10, 100];
  const sigmas = free.includes(1) ? sizes.map((size) => size / largest) : [0];
  const kappas = free.includes(2) ? sizes.map((size) => size / largest ** 2) : [0];
  const points = sigmas.flatMap((sigma) => kappas.map((kappa) => withBestLambda(data, sigma, kappa)));
  return points.reduce((best, next) => (squaredError(next, data) < squaredError(best, data) ? next : best));
}

function withBestLambda(data: readonly Measurement[], sigma: number, kappa: number): Parameters {
  let products = 0;
  let squares = 0;
  for (const { load, throughput } of data) {
    const capacity = predicted([1, sigma, kappa], load);
    products += capacity * throughput;
    squares += capacity ** 2;
  }
  return [products / squares, sigma, kappa];
}

/** Levenberg and Marquardt over the free parameters, until no step lowers the error any more. */
function minimise(data: readonly Measurement[], start: Parameters, free: readonly number[]): Parameters {
  let best = start;
  let error = squaredError(best, data);
  let damping = 1e-3;
  for (let iteration = 0; iteration < 500 && damping < 1e12; iteration += 1) {
    const { matrix, vector } = normalEquations(best, data, free);
    const damped = matrix.map((row, i) => row.map((cell, j) => (i === j ? cell * (1 + damping) : cell)));
    const step = solve(damped, vector);
    const moved = best.map((value, index) => value + (step?.[free.indexOf(index)] ?? 0));
    const next = [moved[0] ?? 0, moved[1] ?? 0, moved[2] ?? 0] as const;
    const nextError = data.every(({ load }) => predicted(next, load) > 0)
      ? squaredError(next, data)
      : Number.POSITIVE_INFINITY;
    if (nextError < error) {
      best = next;
      error = nextError;
      damping /= 10;
    } else damping *= 10;
  }
  return best;
}

/** J'J and J'r, with J the derivatives of what the law predicts by each free parameter and r what it misses. */
export function normalEquations(
  parameters: Parameters,
  data: readonly Measurement[],
  free: readonly number[],
): { readonly matrix: readonly (readonly number[])[]; readonly vector: readonly number[] } {
  const rows = data.map(({ load, throughput }) => {
    const value = predicted(parameters, load);
    const slope = (-value * value) / (parameters[0] * load);
    const derivatives = [value / parameters[0], slope * (load - 1), slope * load * (load - 1)];
    return { chosen: free.map((index) => derivatives[index] ?? 0), residual: throughput - value };
  });
  const dot = (i: number, j: number) =>
    rows.reduce((sum, { chosen }) => sum + (chosen[i] ?? 0) * (chosen[j] ?? 0), 0);
  return {
    matrix: free.map((_, i) => free.map((__, j) => dot(i, j))),
    vector: free.map((_, i) =>
      rows.reduce((sum, { chosen, residual }) => sum + (chosen[i] ?? 0) * residual, 0),
    ),
  };
}

/** Cholesky, after bringing the diagonal to 1; undefined where the columns tell the same (nearly) twice. */
export function solve(
  matrix: readonly (readonly number[])[],
  vector: readonly number[],
): readonly number[] | undefined {
  const scales = matrix.map((row, i) => Math.sqrt(row[i] ?? 0));
  if (scales.some((scale) => !(scale > 0))) return undefined;
  const scale = (index: number) => scales[index] ?? 1;
  const factor: number[][] = [];
  const forward: number[] = [];
  for (const [i, row] of matrix.entries()) {
    const line: number[] = [];
    for (let j = 0; j <= i; j += 1) {
      const other = j === i ? line : (factor[j] ?? []);
      const known = line.slice(0, j).reduce((sum, cell, k) => sum + cell * (other[k] ?? 0), 0);
      const rest = (row[j] ?? 0) / scale(i) / scale(j) - known;
      if (j === i && rest < 1e-13) return undefined;
      line.push(j === i ? Math.sqrt(rest) : rest / (other[j] ?? 1));
    }
    factor.push(line);
    const known = forward.reduce((sum, cell, k) => sum + cell * (line[k] ?? 0), 0);
    forward.push(((vector[i] ?? 0) / scale(i) - known) / (line[i] ?? 1));
  }
  const solution = forward.slice();
  for (let i = solution.length - 1; i >= 0; i -= 1) {
    for (let j = i + 1; j < solution.length; j += 1) {
      solution[i] = (solution[i] ?? 0) - (factor[j]?.[i] ?? 0) * (solution[j] ?? 0);
    }
    solution[i] = (solution[i] ?? 0) / (factor[i]?.[i] ?? 1);
  }
  return solution.map((value, i) => value / scale(i));
}
