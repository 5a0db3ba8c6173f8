/**
 * 100,000 durations a side through everything that a report asks of them: summarised, tested and charted. What each part
 * takes, and the memory at most; together under 10 s and 500 MB. `npm run bench -w packages/charts`.
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
} from '@skyground/statistics';
import {
  barsChart,
  type DrawnChart,
  distributionChart,
  ecdfChart,
  renderDrawnChart,
  timelineChart,
} from '../src/index.ts';

const n = 100_000;
const noise = (index: number, multiplier: number) => ((index * multiplier) % 100_003) / 100_003;
const durations = (fastestMs: number, multiplier: number) =>
  Array.from({ length: n }, (_, index) => fastestMs - 12 * Math.log(1 - noise(index, multiplier) * 0.999_99));
const a = durations(41, 7919);
const b = durations(40, 104_729);
const pairs = a.map((value, index) => ({ a: value, b: b[index] ?? value }));
const seed = 1;
const arms = [
  { arm: 'a', warm: a },
  { arm: 'b', warm: b },
];
const measure = { name: 'duration', unit: 'ms' };
const heading = { measure, thing: 'request' };

const drawn = (chart: () => DrawnChart) => () => renderDrawnChart(chart());
const work: Readonly<Record<string, () => unknown>> = {
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
  'chart: distribution, SVG and PNG': drawn(() =>
    distributionChart({ id: 'distribution', title: 'Distribution', ...heading, arms }),
  ),
  'chart: ECDF': drawn(() => ecdfChart({ id: 'ecdf', title: 'ECDF', ...heading, arms })),
  'chart: timeline of both sides': drawn(() =>
    timelineChart({
      id: 'timeline',
      title: 'Timeline',
      ...heading,
      samples: arms.flatMap(({ arm, warm }) =>
        warm.map((value, index) => ({
          arm,
          startedAtMs: index,
          value,
          start: 'warm' as const,
          outcome: 'succeeded' as const,
        })),
      ),
    }),
  ),
  'chart: medians': drawn(() =>
    barsChart({
      id: 'medians',
      title: 'Medians',
      measure,
      statistic: 'median',
      bars: arms.map(({ arm, warm }) => ({ label: arm, figure: quantileInterval(warm, 0.5) })),
    }),
  ),
};

const startMs = performance.now();
for (const [name, run] of Object.entries(work)) {
  const fromMs = performance.now();
  await run();
  console.log(`${name.padEnd(34)} ${(performance.now() - fromMs).toFixed(0).padStart(6)} ms`);
}
const peakMb = process.resourceUsage().maxRSS / 1024;
console.log(
  `${'together (under 10,000)'.padEnd(34)} ${(performance.now() - startMs).toFixed(0).padStart(6)} ms`,
);
console.log(`${'largest resident set (under 500)'.padEnd(34)} ${peakMb.toFixed(0).padStart(6)} MB`);
