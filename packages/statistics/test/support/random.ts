import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export interface Random {
  /** Between 0 and 1, neither of them. */
  readonly uniform: () => number;
  /** Standard normal (Box and Muller). */
  readonly normal: () => number;
}

export function seededRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  const uniform = () => ((generator.next() >>> 0) + 0.5) / 2 ** 32;
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

export function shareOf(experiments: number, experiment: (run: number) => boolean): number {
  let hits = 0;
  for (let run = 0; run < experiments; run += 1) if (experiment(run)) hits += 1;
  return hits / experiments;
}
