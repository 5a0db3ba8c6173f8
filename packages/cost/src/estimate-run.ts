import { z } from 'zod';
import { CostError } from './errors.ts';
import { type PriceTable, usEast1Prices } from './price-table.ts';

const count = z.number().int().nonnegative();
const amount = z.number().nonnegative();

/** What a comparison will do in the cloud. What is left out is taken as none. */
export const runPlanSchema = z.strictObject({
  images: count,
  repetitions: z.number().int().positive(),
  averageSizeBytes: amount,
  memoryMb: z.number().int().min(128).max(10_240),
  /** One invocation's Duration: download, processing and upload. */
  expectedDurationMs: amount,
  architecture: z.enum(['x86_64', 'arm64']).default('x86_64'),
  warmupImages: count.default(0),
  /** Execution environments that will start; each bills its init, as AWS does since August 2025. */
  coldStarts: count.default(0),
  expectedInitMs: amount.default(0),
  /** LIST requests while waiting for the results. */
  listRequests: count.default(0),
  /** What leaves AWS: metrics parts, and outputs where they are fetched. */
  downloadedBytes: amount.default(0),
  /** Lambda's own lines of one invocation take about 400 bytes. */
  logBytesPerInvocation: amount.default(400),
});

export type RunPlan = z.input<typeof runPlanSchema>;

export interface CostItem {
  readonly label: string;
  readonly quantity: number;
  readonly unit: 'requests' | 'GB-seconds' | 'GB';
  readonly usd: number;
}

/** What the plan would cost at list price. Modelled, not billed: whoever shows it says so, with the price date. */
export interface RunEstimate {
  readonly kind: 'modelled';
  readonly items: readonly CostItem[];
  readonly totalUsd: number;
  /** Region and date of the prices, which may not be the region of the run. */
  readonly priceRegion: string;
  readonly priceDate: string;
  /** A sentence: what the free tier would take off. */
  readonly freeTierNote: string;
  /** Bytes put into S3 (inputs) cost nothing to send; kept objects cost storage until `destroy`. */
  readonly uploadedBytes: number;
}

const bytesPerGb = 2 ** 30;

export function estimateRun(plan: RunPlan, prices: PriceTable = usEast1Prices): RunEstimate {
  const checked = runPlanSchema.safeParse(plan);
  if (!checked.success) {
    throw new CostError(`The run cannot be priced: ${z.prettifyError(checked.error)}`, {
      cause: checked.error,
    });
  }
  const run = checked.data;
  const invocations = run.images * run.repetitions + run.warmupImages;
  const billedMs =
    invocations * Math.ceil(run.expectedDurationMs) + run.coldStarts * Math.ceil(run.expectedInitMs);
  const gbSeconds = (billedMs / 1000) * (run.memoryMb / 1024);
  // Each invocation: its input, its output and its metrics part; then the merged metrics file.
  const puts = 3 * invocations + 1 + run.listRequests;
  // Each invocation reads its input, and the merge reads its part; then the merged file is fetched.
  const gets = 2 * invocations + 1;
  const dataOutGb = run.downloadedBytes / bytesPerGb;
  const logsGb = (invocations * run.logBytesPerInvocation) / bytesPerGb;

  const { lambda, s3, dataOut, logs } = prices;
  const items: readonly CostItem[] = [
    {
      label: `Lambda duration (${run.architecture}, ${run.memoryMb} MB)`,
      quantity: gbSeconds,
      unit: 'GB-seconds',
      usd: gbSeconds * lambda.usdPerGbSecond[run.architecture].usd,
    },
    {
      label: 'Lambda requests',
      quantity: invocations,
      unit: 'requests',
      usd: (invocations / 1e6) * lambda.usdPerMillionRequests.usd,
    },
    {
      label: 'S3 PUT and LIST requests',
      quantity: puts,
      unit: 'requests',
      usd: (puts / 1000) * s3.usdPerThousandPuts.usd,
    },
    {
      label: 'S3 GET requests',
      quantity: gets,
      unit: 'requests',
      usd: (gets / 1000) * s3.usdPerThousandGets.usd,
    },
    {
      label: 'Data out to the internet',
      quantity: dataOutGb,
      unit: 'GB',
      usd: dataOutGb * dataOut.usdPerGb.usd,
    },
    {
      label: 'CloudWatch Logs ingested',
      quantity: logsGb,
      unit: 'GB',
      usd: logsGb * logs.usdPerGbIngested.usd,
    },
  ];
  return {
    kind: 'modelled',
    items,
    totalUsd: items.reduce((sum, item) => sum + item.usd, 0),
    priceRegion: prices.region,
    priceDate: prices.asOf,
    freeTierNote: freeTierNote(invocations, gbSeconds, dataOutGb, prices),
    uploadedBytes: invocations * run.averageSizeBytes,
  };
}

function freeTierNote(invocations: number, gbSeconds: number, dataOutGb: number, prices: PriceTable): string {
  const { requests, gbSeconds: freeGbSeconds } = prices.lambda.freePerMonth;
  const freeGb = prices.dataOut.freeGbPerMonth.gb;
  const within = invocations <= requests && gbSeconds <= freeGbSeconds && dataOutGb <= freeGb;
  const allowance = `${requests.toLocaleString('en-US')} requests and ${freeGbSeconds.toLocaleString('en-US')} GB-seconds of Lambda and ${freeGb} GB of data out a month`;
  return within
    ? `List price, free tier not taken off. An account that has not used up its free ${allowance} pays only for S3 requests and logs.`
    : `List price, free tier not taken off. This run exceeds the free ${allowance}.`;
}
