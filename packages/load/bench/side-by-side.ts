import { machine, table } from './figures.ts';
import { startServer } from './scripted-server.ts';
import { autocannon } from './tools/autocannon.ts';
import { locust } from './tools/locust.ts';
import { skyground } from './tools/skyground.ts';
import type { Tool } from './tools/tool.ts';
import { wrk } from './tools/wrk.ts';

export interface SideBySide {
  readonly ratePerSecond: number;
  readonly seconds: number;
  /** How long the server holds all answers once, from a third of the requests due on; 0: it does not. */
  readonly stallMs: number;
}

const tools: Readonly<Record<string, Tool>> = { skyground, autocannon, wrk, locust };

const head = [
  'tool',
  'model',
  'version',
  'due',
  'sent',
  'dropped',
  'p50 ms',
  'p99 ms',
  'max ms',
  'held by server',
];

/** The same load on the same server by ours and by others: who sends it, and who shows a stall? */
export async function sideBySide({ ratePerSecond, seconds, stallMs }: SideBySide): Promise<void> {
  const due = ratePerSecond * seconds;
  const stall = stallMs > 0 ? ['--stall-at', `${Math.floor(due / 3)}`, '--stall-ms', `${stallMs}`] : [];
  const what = stallMs > 0 ? `the server stalls once for ${stallMs} ms` : 'the server answers at once';
  console.log(`side by side: ${ratePerSecond} a second for ${seconds} s, ${what} (${machine()})`);
  const rows: string[][] = [head];
  const remarks: string[] = [];
  for (const [name, run] of Object.entries(tools)) {
    // Each has a server of its own, since the stall comes once.
    const server = await startServer(...stall);
    try {
      const report = await run({ url: server.url, ratePerSecond, seconds });
      if (report === undefined) {
        remarks.push(`  ${name}: not installed here (apt-get install wrk python3-locust)`);
        continue;
      }
      const { tookMs } = await server.record();
      const held = tookMs.filter((ms) => stallMs > 0 && ms > stallMs / 10).length;
      const { model, version, sent, dropped, p50Ms, p99Ms, maxMs, remark } = report;
      rows.push([
        ...[name, model, version, `${due}`, `${sent}`, dropped === null ? '-' : `${dropped}`],
        ...[p50Ms, p99Ms, maxMs].map((ms) => ms.toFixed(1)),
        stallMs > 0 ? `${held} of ${tookMs.length}` : '-',
      ]);
      remarks.push(`  ${name} also says: ${remark}`);
    } finally {
      await server.stop();
    }
  }
  console.log(table(rows));
  console.log(remarks.join('\n'));
}
