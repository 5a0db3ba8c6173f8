import { z } from 'zod';
import { type Bill, bill, type NotPriced } from './bill/bill.ts';
import type { Usage } from './bill/usage.ts';
import { CostError } from './errors.ts';
import { usEast1Prices } from './prices/regions.ts';
import type { PriceTable } from './prices/table.ts';

const count = z.number().int().nonnegative();
const amount = z.number().nonnegative();

/** What a comparison will do in the cloud. What is left out is taken as none. */
const runPlanSchema = z.strictObject({
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

/** What the plan would cost at list price, for the run by itself. */
export interface RunEstimate extends Bill {
  /** A sentence: what the same run would cost with the free tier. */
  readonly freeTierNote: string;
  /** Bytes put into S3 (inputs) cost nothing to send; kept objects cost storage until `destroy`. */
  readonly uploadedBytes: number;
}

/** The plan is checked, and a table of one's own must price all of Lambda, S3, logs and data out that the plan uses. */
export function estimateRun(plan: RunPlan, prices: PriceTable = usEast1Prices): RunEstimate {
  const checked = runPlanSchema.safeParse(plan);
  if (!checked.success) {
    throw new CostError(`The run cannot be priced: ${z.prettifyError(checked.error)}`, {
      cause: checked.error,
    });
  }
  const run = checked.data;
  const invocations = run.images * run.repetitions + run.warmupImages;
  const usage: Usage = {
    lambda: [
      {
        architecture: run.architecture,
        memoryMb: run.memoryMb,
        requests: invocations,
        billedMs:
          invocations * Math.ceil(run.expectedDurationMs) + run.coldStarts * Math.ceil(run.expectedInitMs),
      },
    ],
    s3: {
      // Each invocation: its input, its output and its metrics part; then the merged metrics file.
      putRequests: 3 * invocations + 1 + run.listRequests,
      // Each invocation reads its input, and the merge reads its part; then the merged file is fetched.
      getRequests: 2 * invocations + 1,
    },
    logs: { ingestedBytes: invocations * run.logBytesPerInvocation },
    transfer: { outBytes: run.downloadedBytes },
  };
  const volume = { kind: 'run' } as const;
  const list = priced(bill(usage, prices, { volume, freeTier: false }));
  const withFreeTier = priced(bill(usage, prices, { volume, freeTier: true }));
  return {
    ...list,
    freeTierNote: `List price, free tier not taken off. An account that has used none of it this month would pay $${withFreeTier.totalUsd.toFixed(4)}.`,
    uploadedBytes: invocations * run.averageSizeBytes,
  };
}

function priced(result: Bill | NotPriced): Bill {
  if (result.kind === 'bill') return result;
  const missing = result.missing.map(({ service, item }) => `${service} ${item}`).join(', ');
  throw new CostError(
    `The run cannot be priced in ${result.region}: no sourced price for ${missing}. Add it to the table, or price the run in us-east-1.`,
  );
}
