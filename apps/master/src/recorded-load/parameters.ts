import { z } from 'zod';

/** What is shipped, so that the report can be seen before there is a file of one's own. */
export const shippedRecording = 'docs/experiments/recorded-load.jtl';

export const parametersSchema = z.strictObject({
  file: z
    .string()
    .min(1)
    .default(shippedRecording)
    .describe(
      'a JTL of JMeter in CSV, or the PREFIX_stats_history.csv of locust --csv; an example is shipped',
    ),
});

export type Parameters = Readonly<z.output<typeof parametersSchema>>;
