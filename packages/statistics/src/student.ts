import { normalQuantile } from './normal.ts';

/**
 * Quantile of Student's t for p of 0.5 or more and a whole number of degrees of freedom, 3 or more: from the normal quantile,
 * which is less, upwards, then halving the range until no double lies between.
 */
export function studentQuantile(p: number, degrees: number): number {
  let low = normalQuantile(p);
  let high = low + 1;
  while (studentLowerTail(high, degrees) < p) high *= 2;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (studentLowerTail(middle, degrees) < p) low = middle;
    else high = middle;
  }
}

/** P(T <= t), the finite sums of Abramowitz and Stegun 26.7.3 and 26.7.4. */
function studentLowerTail(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const cosine = Math.cos(angle);
  const isOdd = degrees % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = 0;
  for (let power = isOdd ? 1 : 0; power <= degrees - 2; power += 2) {
    sum += term;
    term *= ((power + 1) / (power + 2)) * cosine ** 2;
  }
  const within = isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
  return (1 + within) / 2;
}
