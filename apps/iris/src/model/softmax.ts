/** Turns scores into probabilities, in place. The largest is taken off first, so that no exponential overflows. */
export function softmaxInPlace(scores: Float64Array): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) highest = Math.max(highest, score);
  let sum = 0;
  for (let index = 0; index < scores.length; index += 1) {
    const exponential = Math.exp((scores[index] ?? Number.NaN) - highest);
    scores[index] = exponential;
    sum += exponential;
  }
  for (let index = 0; index < scores.length; index += 1) scores[index] = (scores[index] ?? Number.NaN) / sum;
}
