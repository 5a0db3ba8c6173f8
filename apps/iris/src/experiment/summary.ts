import { idleArms } from './blocks.ts';
import { type Breakdown, breakdownsOf } from './figures/breakdown.ts';
import { type FirstCalls, firstCallsOf } from './figures/first-calls.ts';
import { type LoadCourse, loadCourseOf } from './figures/load-course.ts';
import { Prices } from './figures/prices.ts';
import { type Saving, savingsOf } from './figures/savings.ts';
import { type Starts, startsOf } from './figures/starts.ts';
import type { Parameters } from './parameters.ts';
import type { Sample } from './sample.ts';

export interface Summary {
  readonly targetLabel: string;
  readonly priceRegion: string;
  /** null where nothing has a price there. */
  readonly pricesReadOn: string | null;
  readonly parameters: Parameters;
  readonly starts: Starts;
  readonly load: LoadCourse;
  readonly breakdowns: readonly Breakdown[];
  readonly savings: readonly Saving[];
  readonly firstCalls: readonly FirstCalls[];
  /** Of the functions that were left alone, and of those that were pinged, how many started cold. */
  readonly idleCold: { readonly alone: number; readonly pinged: number; readonly of: number };
  readonly pings: number;
}

export function summarise(samples: readonly Sample[], parameters: Parameters): Summary {
  const priceRegion = samples[0]?.priceRegion ?? '';
  const compared = samples.filter(({ isCompared }) => isCompared);
  const coldIn = (arm: string) => compared.filter((row) => row.arm === arm && row.start === 'cold').length;
  return {
    targetLabel: samples[0]?.targetLabel ?? 'cloud',
    priceRegion,
    pricesReadOn: new Prices(priceRegion).readOn,
    parameters,
    starts: startsOf(compared),
    load: loadCourseOf(compared, parameters),
    breakdowns: breakdownsOf(compared),
    savings: savingsOf(compared, parameters),
    firstCalls: firstCallsOf(compared, parameters),
    idleCold: {
      alone: coldIn(idleArms.idle),
      pinged: coldIn(idleArms.pinged),
      of: compared.filter(({ arm }) => arm === idleArms.idle).length,
    },
    pings: samples.filter(({ unit }) => unit.startsWith('ping ')).length,
  };
}
