/** How long the bootstrap takes: 10,000 resamples, median of nine runs. `npm run bench -w packages/statistics`. */
import { bootstrapInterval, medianRatio, pairedMedianRatio } from '../src/index.ts';

const runs = 9;

for (const n of [12, 100, 1000]) {
  const a = Array.from({ length: n }, (_, index) => 40 + ((index * 7919) % n) / n);
  const b = Array.from({ length: n }, (_, index) => 50 + ((index * 104_729) % n) / n);
  const pairs = a.map((value, index) => ({ a: value, b: b[index] ?? value }));
  const times = {
    medianRatio: medianMs(() => medianRatio(a, b, { seed: 1 })),
    pairedMedianRatio: medianMs(() => pairedMedianRatio(pairs, { seed: 1 })),
    meanInterval: medianMs(() => bootstrapInterval(a, 'mean', { seed: 1 })),
  };
  const cells = Object.entries(times).map(([name, ms]) => `${name} ${ms.toFixed(1)} ms`);
  console.log(`n = ${String(n).padStart(4)}: ${cells.join(', ')}`);
}

function medianMs(work: () => unknown): number {
  const times = Array.from({ length: runs }, () => {
    const startMs = performance.now();
    work();
    return performance.now() - startMs;
  });
  return times.toSorted((x, y) => x - y)[Math.floor(runs / 2)] ?? Number.NaN;
}
