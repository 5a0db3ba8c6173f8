/**
 * 100,000 durations a side through everything that a report asks of them, and the memory it takes at most: under 10 s and
 * 500 MB, charts included. `npm run bench -w packages/statistics`.
 */
import {
  bootstrapInterval,
  boxPlot,
  classifyOutliers,
  cliffsDelta,
  ecdf,
  hodgesLehmannShift,
  kolmogorovSmirnovTest,
  mannWhitneyTest,
  medianRatio,
  pairedMedianRatio,
  quantileInterval,
  steadyState,
  summarise,
} from '../src/index.ts';

const n = 100_000;
const noise = (index: number, multiplier: number) => ((index * multiplier) % 100_003) / 100_003;
const durations = (fastestMs: number, multiplier: number) =>
  Array.from({ length: n }, (_, index) => fastestMs - 12 * Math.log(1 - noise(index, multiplier) * 0.999_99));
const a = durations(41, 7919);
const b = durations(40, 104_729);
const pairs = a.map((value, index) => ({ a: value, b: b[index] ?? value }));
const seed = 1;

const work = {
  'summary, both sides': () => [summarise(a), summarise(b)],
  'box plots and outliers': () => [boxPlot(a), boxPlot(b), classifyOutliers(a), classifyOutliers(b)],
  'intervals of mean, median, p99': () => [
    bootstrapInterval(a, 'mean', { seed }),
    bootstrapInterval(a, 'median', { seed }),
    quantileInterval(a, 0.99),
  ],
  'median ratio, paired ratio': () => [medianRatio(a, b, { seed }), pairedMedianRatio(pairs, { seed })],
  'Mann-Whitney': () => mannWhitneyTest(a, b),
  'Kolmogorov-Smirnov': () => kolmogorovSmirnovTest(a, b),
  'Kolmogorov-Smirnov, sides alike': () => kolmogorovSmirnovTest(a, durations(41, 104_729).slice(1)),
  "Cliff's delta": () => cliffsDelta(a, b),
  'Hodges-Lehmann': () => hodgesLehmannShift(a, b),
  'cumulative distributions': () => [ecdf(a), ecdf(b)],
  'steady state': () => steadyState(a),
};

const startMs = performance.now();
for (const [name, run] of Object.entries(work)) {
  const fromMs = performance.now();
  run();
  console.log(`${name.padEnd(32)} ${(performance.now() - fromMs).toFixed(0).padStart(6)} ms`);
}
const peakMb = process.resourceUsage().maxRSS / 1024;
console.log(`${'together'.padEnd(32)} ${(performance.now() - startMs).toFixed(0).padStart(6)} ms`);
console.log(`${'largest resident set'.padEnd(32)} ${peakMb.toFixed(0).padStart(6)} MB`);
