import { z } from 'zod';
import published from './published.json' with { type: 'json' };

const figureSchema = z.strictObject({
  label: z.string().min(1),
  quantity: z.enum(['chain gap', 'chain percent', 'fan-out', 'fan-out percent']),
  /** Two definitions of overhead that differ by several times: never to be mixed. */
  definition: z.enum(['event gap', 'handler to handler']),
  value: z.number().positive(),
  width: z.int().positive().optional(),
  unit: z.enum(['ms', '%']),
  statistic: z.string().min(1),
  where: z.string().min(1),
  source: z.string().min(1),
});

const seriesSchema = z.strictObject({
  label: z.string().min(1),
  definition: z.string().min(1),
  source: z.string().min(1),
  points: z.array(z.strictObject({ width: z.int().positive(), value: z.number().positive() })),
});

const checked = z
  .strictObject({
    readOn: z.iso.date(),
    figures: z.array(figureSchema),
    series: z.array(seriesSchema),
  })
  .parse(published);

/** When the sources were read. */
export const publishedReadOn = checked.readOn;

/** What others measured on AWS, each with its source. */
export const publishedFigures: readonly z.output<typeof figureSchema>[] = checked.figures;

/** Fan-out against width, on AWS. */
export const publishedSeries: readonly z.output<typeof seriesSchema>[] = checked.series;
