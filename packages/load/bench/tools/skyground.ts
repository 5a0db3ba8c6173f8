import { responseMs, serviceMs } from '../../src/index.ts';
import { percentile } from '../figures.ts';
import { evenLoad } from '../load.ts';
import type { Job, ToolReport } from './tool.ts';

export async function skyground({ url, ratePerSecond, seconds }: Job): Promise<ToolReport> {
  const { sent, dropped } = await evenLoad(url, ratePerSecond, seconds);
  const responses = sent.map(responseMs);
  const slow = responses.filter((ms) => ms >= 1000).length;
  return {
    version: 'here',
    model: 'open, from when due',
    sent: sent.length,
    dropped,
    p50Ms: percentile(responses, 50),
    p99Ms: percentile(responses, 99),
    maxMs: percentile(responses, 100),
    remark: `${slow} requests waited a second or more; service times p99 ${percentile(sent.map(serviceMs), 99).toFixed(1)} ms`,
  };
}
