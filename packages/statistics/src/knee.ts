import type { HardLimit } from './hard-limit.ts';
import { predicted } from './scalability-fit.ts';

/** An estimate with its 95 % interval, which ends at 0 at the lowest. */
export interface Coefficient {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

export type Knee =
  /** More load than this lowers the throughput; `measured`: it lies within the loads that were tried. */
  | { readonly kind: 'peak'; readonly load: number; readonly throughput: number; readonly measured: boolean }
  /** No crosstalk: the throughput rises towards this limit, lambda / sigma; null where it rises in proportion. */
  | { readonly kind: 'none'; readonly limit: number | null }
  /**
   * In proportion up to `load`, then level: far likelier than the law, whose curve cuts such a corner and then falls although
   * nothing fell. `r2` is that of the corner.
   */
  | { readonly kind: 'hard limit'; readonly load: number; readonly throughput: number; readonly r2: number }
  /** The interval of kappa holds 0, or a hard limit is likelier: whether there is a peak at all these measurements do not say. */
  | { readonly kind: 'not determined' };

/** What the law alone says. */
export function kneeOf(
  lambda: Coefficient,
  sigma: Coefficient,
  kappa: Coefficient,
  largestLoad: number,
): Knee {
  if (kappa.estimate === 0) {
    return { kind: 'none', limit: sigma.estimate === 0 ? null : lambda.estimate / sigma.estimate };
  }
  if (kappa.low === 0) return { kind: 'not determined' };
  // Contention of 1 or more: every further worker only costs.
  const load = Math.max(1, Math.sqrt(Math.max(0, 1 - sigma.estimate) / kappa.estimate));
  const throughput = predicted([lambda.estimate, sigma.estimate, kappa.estimate], load);
  return { kind: 'peak', load, throughput, measured: load <= largestLoad };
}

/** How many times as likely one must be to be told from the other. */
const leastLikelihoodRatio = 10;
/** In units of the largest throughput: what is missed by less is rounding. */
const rounding = 1e-9;

interface LawFit {
  readonly error: number;
  readonly variation: number;
  readonly n: number;
  /** Throughput that errors are in units of. */
  readonly unit: number;
  readonly largestLoad: number;
}

/** The law's knee, unless a hard limit describes the same measurements far better; no peak where it describes them better. */
export function kneeBeside(
  ofLaw: Knee,
  limit: HardLimit,
  { error, variation, n, unit, largestLoad }: LawFit,
): Knee {
  if (limit.load >= largestLoad) return ofLaw;
  const least = n * rounding ** 2;
  const logLikelihoodRatio = (n / 2) * Math.log((error + least) / (limit.squaredError + least));
  if (logLikelihoodRatio > Math.log(leastLikelihoodRatio)) {
    const { load, throughput, squaredError } = limit;
    return { kind: 'hard limit', load, throughput: throughput * unit, r2: 1 - squaredError / variation };
  }
  return ofLaw.kind === 'peak' && logLikelihoodRatio >= 0 ? { kind: 'not determined' } : ofLaw;
}
