import { z } from 'zod';
import { CostError } from './errors.ts';
import usEast1 from './prices/aws-us-east-1.json' with { type: 'json' };

const price = z.strictObject({ usd: z.number().positive(), source: z.url() });

/** One provider and region at one date. A GB is 2^30 bytes and a Lambda GB 1024 MB, as AWS bills them. */
export const priceTableSchema = z.strictObject({
  provider: z.literal('aws'),
  region: z.string().min(1),
  currency: z.literal('USD'),
  /** The day the prices were looked up. */
  asOf: z.iso.date(),
  note: z.string().min(1),
  lambda: z.strictObject({
    usdPerGbSecond: z.strictObject({ x86_64: price, arm64: price }),
    usdPerMillionRequests: price,
    freePerMonth: z.strictObject({
      requests: z.number().positive(),
      gbSeconds: z.number().positive(),
      source: z.url(),
    }),
  }),
  s3: z.strictObject({
    /** PUT, COPY, POST and LIST. */
    usdPerThousandPuts: price,
    /** GET and everything else; DELETE is free. */
    usdPerThousandGets: price,
  }),
  dataOut: z.strictObject({
    usdPerGb: price,
    freeGbPerMonth: z.strictObject({ gb: z.number().positive(), source: z.url() }),
  }),
  logs: z.strictObject({ usdPerGbIngested: price }),
});

export type PriceTable = Readonly<z.infer<typeof priceTableSchema>>;

/** Checks a table from outside; `name` is its file, for the message. */
export function parsePriceTable(value: unknown, name: string): PriceTable {
  const checked = priceTableSchema.safeParse(value);
  if (checked.success) return checked.data;
  throw new CostError(`${name} is not a price table: ${z.prettifyError(checked.error)}`, {
    cause: checked.error,
  });
}

/** The table that comes with Skyground. */
export const usEast1Prices: PriceTable = parsePriceTable(usEast1, 'prices/aws-us-east-1.json');
