import { createRequire } from 'node:module';
import autocannonRun from 'autocannon';
import { z } from 'zod';
import type { Job, ToolReport } from './tool.ts';

const connections = 10;
const { version } = z
  .object({ version: z.string() })
  .parse(createRequire(import.meta.url)('autocannon/package.json'));
/** Not in its types. */
const countedSchema = z.object({ totalCount: z.number() });

/** Ten connections at an overall rate; it adds latencies of its own making for what a stall kept it from sending. */
export async function autocannon({ url, ratePerSecond, seconds }: Job): Promise<ToolReport> {
  const result = await autocannonRun({
    url,
    connections,
    overallRate: ratePerSecond,
    duration: seconds,
    timeout: 30,
  });
  const { p50, p99, max } = result.latency;
  return {
    version,
    model: `closed, ${connections} connections, corrected`,
    sent: result.requests.total,
    dropped: null,
    p50Ms: p50,
    p99Ms: p99,
    maxMs: max,
    remark: `its percentiles are of ${countedSchema.parse(result.latency).totalCount} latencies, of which ${result.requests.total} were measured`,
  };
}
