/**
 * P(D >= d) of the one-sample Kolmogorov statistic for n values, n in the hundreds or more, computed as Simard and
 * L'Ecuyer recommend ("Computing the two-sided Kolmogorov-Smirnov distribution", 2011) and scipy does: twice Smirnov's
 * one-sided sum in the tail, where that is exact to all digits, and the expansion of Pelz and Good below it.
 */
export function kolmogorovUpperTail(n: number, d: number): number {
  if (n * d ** 2 >= 370) return 0;
  const tail = n * d ** 2 >= 2.2 ? 2 * smirnovUpperTail(n, d) : 1 - pelzGood(n, d);
  return Math.min(1, Math.max(0, tail));
}

/** P(D+ >= d) = d sum over j of C(n, j) (d + j/n)^(j-1) (1 - d - j/n)^(n-j): all terms positive, in logarithms. */
function smirnovUpperTail(n: number, d: number): number {
  let sum = 0;
  let logBinomial = 0;
  for (let j = 0; j < n * (1 - d); j += 1) {
    if (j > 0) logBinomial += Math.log((n - j + 1) / j);
    sum += Math.exp(logBinomial + (j - 1) * Math.log(d + j / n) + (n - j) * Math.log1p(-d - j / n));
  }
  return d * sum;
}

/**
 * P(D <= d) to the third power of 1 / sqrt(n) (Pelz and Good, "Approximating the lower tail-areas of the
 * Kolmogorov-Smirnov one-sample statistic", 1976), in z = d sqrt(n).
 */
function pelzGood(n: number, d: number): number {
  const z = d * Math.sqrt(n);
  const z2 = z ** 2;
  const z4 = z ** 4;
  const z6 = z ** 6;
  const terms: [number, number, number, number] = [0, 0, 0, 0];
  for (let k = 0; k < 2 + 4 * z; k += 1) {
    const odd = Math.PI ** 2 * (k + 0.5) ** 2;
    const oddWeight = Math.exp(-odd / (2 * z2));
    terms[0] += oddWeight;
    terms[1] += (odd - z2) * oddWeight;
    terms[2] += (6 * z6 + 2 * z4 + (2 * z4 - 5 * z2) * odd + (1 - 2 * z2) * odd ** 2) * oddWeight;
    terms[3] +=
      (-30 * z6 - 90 * z ** 8 + (135 * z4 - 96 * z6) * odd + (212 * z4 - 60 * z2) * odd ** 2) * oddWeight +
      (5 - 30 * z2) * odd ** 3 * oddWeight;
    const even = Math.PI ** 2 * (k + 1) ** 2;
    const evenWeight = Math.exp(-even / (2 * z2));
    terms[2] -= 2 * z4 * even * evenWeight;
    terms[3] += 30 * z4 * (3 * z2 * even - even ** 2) * evenWeight;
  }
  const scale = Math.sqrt(2 * Math.PI);
  return (
    (scale / z) * terms[0] +
    (scale / (6 * z4 * Math.sqrt(n))) * terms[1] +
    (scale / (72 * z ** 7 * n)) * terms[2] +
    (scale / (6480 * z ** 10 * n ** 1.5)) * terms[3]
  );
}
