/** The standard normal distribution, to about 1e-13 relative: p-values far out in the tail keep their digits. */

/** P(Z > z). Below 1e-308 (z beyond 37) a double holds nothing more and it is 0. */
export function normalUpperTail(z: number): number {
  const tail = complementaryError(Math.abs(z) / Math.SQRT2) / 2;
  return z >= 0 ? tail : 1 - tail;
}

/** The z with P(Z <= z) = p, for p between 0 and 1. */
export function normalQuantile(p: number): number {
  const tail = Math.min(p, 1 - p);
  // Abramowitz and Stegun 26.2.23 is right to 4.5e-4; Newton's method on the tail's logarithm does the rest.
  const t = Math.sqrt(-2 * Math.log(tail));
  let z =
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t ** 2) /
      (1 + 1.432788 * t + 0.189269 * t ** 2 + 0.001308 * t ** 3);
  for (let step = 0; step < 4; step += 1) {
    const reached = normalUpperTail(z);
    z += (Math.log(reached / tail) * reached) / density(z);
  }
  return p < 0.5 ? -z : z;
}

function density(z: number): number {
  return Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI);
}

/** erfc for x >= 0: Kummer's series near 0, a continued fraction further out; neither subtracts nearly equal numbers. */
function complementaryError(x: number): number {
  const scale = Math.exp(-(x ** 2)) / Math.sqrt(Math.PI);
  if (x >= 2) {
    let fraction = x;
    for (let k = 120; k >= 1; k -= 1) fraction = x + k / 2 / fraction;
    return scale / fraction;
  }
  let term = x;
  let sum = x;
  for (let k = 1; term > sum * 1e-17; k += 1) {
    term *= (2 * x ** 2) / (2 * k + 1);
    sum += term;
  }
  return 1 - 2 * scale * sum;
}
