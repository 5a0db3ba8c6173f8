import { type Job, outputOf, type ToolReport } from './tool.ts';

const connections = 10;

/** It has no rate: as fast as ten connections go. Debian has it (`apt-get install wrk`). */
export async function wrk({ url, seconds }: Job): Promise<ToolReport | undefined> {
  const about = await outputOf('wrk', ['-v']);
  const said = await outputOf('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', url]);
  if (about === undefined || said === undefined) return undefined;
  const found = (pattern: RegExp): string => pattern.exec(said)?.[1] ?? '';
  return {
    version: /(\d+\.\d+\.\d+)/.exec(about)?.[1] ?? 'unknown',
    model: `closed, ${connections} connections, no rate`,
    sent: Number(found(/(\d+) requests in/)),
    dropped: null,
    p50Ms: milliseconds(found(/50%\s+(\S+)/)),
    p99Ms: milliseconds(found(/99%\s+(\S+)/)),
    maxMs: milliseconds(found(/Latency\s+\S+\s+\S+\s+(\S+)/)),
    remark: found(/(Socket errors: .*)/) || 'no error',
  };
}

/** `118.00us`, `1.27ms`, `5.01s`. */
function milliseconds(text: string): number {
  const [, amount = '', unit = ''] = /^([\d.]+)(us|ms|s|m)$/.exec(text) ?? [];
  const factors: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, m: 60_000 };
  return Number(amount === '' ? Number.NaN : amount) * (factors[unit] ?? Number.NaN);
}
