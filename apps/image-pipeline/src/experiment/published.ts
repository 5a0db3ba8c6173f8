import { z } from 'zod';
import published from './published.json' with { type: 'json' };

const ms = z.array(z.number().positive()).min(1);
const runsSchema = z.strictObject({ classicMs: ms, futureMs: ms });

const checked = z
  .strictObject({
    readOn: z.iso.date(),
    source: z.string().min(1),
    scenarios: z.strictObject({
      reversed: runsSchema,
      'single-slow-transform': runsSchema,
      'thumbnail-slowest': runsSchema,
      'moderate-variance': runsSchema,
      uniform: runsSchema,
      'single-slow-filters': runsSchema,
      'all-equal': runsSchema,
      'exponential-growth': runsSchema,
      bimodal: runsSchema,
      staggered: runsSchema,
      'three-fast-one-slow': runsSchema,
      'extreme-outlier': runsSchema,
    }),
  })
  .parse(published);

/** Every run that the origin has published of one scenario, end to end as its authors timed it. */
export type PublishedRuns = Readonly<z.output<typeof runsSchema>>;

export const publishedRuns = checked.scenarios;
export const publishedSource = checked.source;
export const publishedReadOn = checked.readOn;

/** A CLASSIC run so much slower than the fastest one of its scenario began cold: no other explanation is left by a factor of ten. */
const coldLooking = 1.12;

/** In percent of CLASSIC: as its authors worked it out, and once more without CLASSIC runs that look cold, which FUTURE had none of. */
export function publishedGains({ classicMs, futureMs }: PublishedRuns) {
  const warmMs = classicMs.filter((value) => value <= coldLooking * Math.min(...classicMs));
  return {
    asPublished: gain(classicMs, futureMs),
    withoutCold: gain(warmMs, futureMs),
    coldLooking: classicMs.length - warmMs.length,
  };
}

function gain(classicMs: readonly number[], futureMs: readonly number[]): number {
  const classic = meanOf(classicMs);
  return (100 * (classic - meanOf(futureMs))) / classic;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
