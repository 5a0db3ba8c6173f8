/**
 * Which ratio deserves to be the headline? Compares four of them on simulated runs of 12 images of very different sizes
 * with a known true ratio, and prints what docs/decisions/0004-paired-ratio.md quotes. `npm run simulate`.
 */
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { interpolate } from '../src/quantile.ts';

const images = 12;
const truth = 0.8;
const experiments = 1000;
const resamples = 1000;
const generator = xoroshiro128plus(20_261_121);
const uniform = () => ((generator.next() >>> 0) + 0.5) / 2 ** 32;
const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
const indices = () => Array.from({ length: images }, () => Math.floor(uniform() * images));

type Estimator = (a: readonly number[], b: readonly number[]) => number;
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const median = (values: readonly number[]) =>
  interpolate(
    values.toSorted((x, y) => x - y),
    0.5,
  );
const logRatios = (a: readonly number[], b: readonly number[]) =>
  a.map((value, index) => Math.log(value / (b[index] ?? Number.NaN)));

/** Each gives the logarithm of a ratio; the unpaired one draws the two sides' images independently. */
const estimators: readonly { readonly name: string; readonly paired: boolean; readonly of: Estimator }[] = [
  { name: 'median(a) / median(b), unpaired', paired: false, of: (a, b) => Math.log(median(a) / median(b)) },
  { name: 'total(a) / total(b), by image', paired: true, of: (a, b) => Math.log(sum(a) / sum(b)) },
  { name: 'geometric mean of a/b, by image', paired: true, of: (a, b) => sum(logRatios(a, b)) / images },
  { name: 'median of a/b, by image', paired: true, of: (a, b) => median(logRatios(a, b)) },
];

for (const slowImages of [0, 1]) {
  console.log(slowImages === 0 ? 'clean runs' : 'one image of a five times slower');
  const runs = Array.from({ length: experiments }, () => simulateRun(slowImages));
  for (const { name, paired, of } of estimators) {
    const outcomes = runs.map(({ a, b }) => {
      const estimate = of(a, b);
      const drawn = Array.from({ length: resamples }, () => {
        const left = indices();
        const right = paired ? left : indices();
        return of(pick(a, left), pick(b, right));
      }).toSorted((x, y) => x - y);
      return { estimate, low: interpolate(drawn, 0.025), high: interpolate(drawn, 0.975) };
    });
    const covered = outcomes.filter(
      ({ low, high }) => low <= Math.log(truth) && Math.log(truth) <= high,
    ).length;
    const width = Math.exp(median(outcomes.map(({ low, high }) => high - low)));
    const bias = Math.exp(sum(outcomes.map(({ estimate }) => estimate)) / experiments) / truth;
    console.log(
      `  ${name.padEnd(32)} high/low ${width.toFixed(2)}  bias x${bias.toFixed(3)}  coverage ${((100 * covered) / experiments).toFixed(1)} %`,
    );
  }
}

/** Sizes log-normal with sigma 1 (about 1 to 30 over 12 images), noise of 10 % on each measurement. */
function simulateRun(slowImages: number): { readonly a: readonly number[]; readonly b: readonly number[] } {
  const sizesMs = Array.from({ length: images }, () => 40 * Math.exp(normal()));
  const a = sizesMs.map(
    (sizeMs, index) => truth * sizeMs * Math.exp(0.1 * normal()) * (index < slowImages ? 5 : 1),
  );
  return { a, b: sizesMs.map((sizeMs) => sizeMs * Math.exp(0.1 * normal())) };
}

function pick(values: readonly number[], chosen: readonly number[]): readonly number[] {
  return chosen.map((index) => values[index] ?? Number.NaN);
}
