import { responseMs, serviceMs } from '../src/index.ts';
import { machine, percentile, spread } from './figures.ts';
import { evenLoad } from './load.ts';
import { startServer } from './scripted-server.ts';

export interface AccuracyBench {
  readonly ratePerSecond: number;
  readonly seconds: number;
  readonly serverOptions: readonly string[];
}

/** How near to their due times requests are sent, at which rate, and how our service times compare with the server's. */
export async function accuracy({ ratePerSecond, seconds, serverOptions }: AccuracyBench): Promise<void> {
  const server = await startServer(...serverOptions);
  try {
    // The server's code is warm in what is measured; at a low rate there is nothing to warm.
    if (ratePerSecond >= 100) await evenLoad(server.url, ratePerSecond, 1);
    await server.record();
    console.log(
      `${ratePerSecond} requests a second for ${seconds} s, server ${serverOptions.join(' ') || 'answers at once'} (${machine()})`,
    );
    const { sent, dropped, cpuPercent } = await evenLoad(server.url, ratePerSecond, seconds);
    const { tookMs } = await server.record();
    const due = Math.round(ratePerSecond * seconds);
    const failed = sent.filter(({ status }) => status === 'failed').length;
    const first = sent[0];
    const last = sent.at(-1);
    const spanS = first === undefined || last === undefined ? 0 : (last.sentAtMs - first.sentAtMs) / 1000;
    const rate = (sent.length - 1) / spanS;
    const offPercent = 100 * (rate / ratePerSecond - 1);
    const lateMs = sent.map(({ dueAtMs, sentAtMs }) => sentAtMs - dueAtMs);
    const apartMs = [50, 99].map((percent) =>
      Math.abs(percentile(sent.map(serviceMs), percent) - percentile(tookMs, percent)),
    );
    const [p50Apart = Number.NaN, p99Apart = Number.NaN] = apartMs;
    console.log(`  sent - due     ${spread(lateMs)}`);
    console.log(`  service time   ${spread(sent.map(serviceMs))}`);
    console.log(`  server's own   ${spread(tookMs)}`);
    console.log(`  response time  ${spread(sent.map(responseMs))}`);
    console.log(`  CPU            ${cpuPercent.toFixed(0)} % of a core`);
    judge(
      `sent ${sent.length} of ${due}, dropped ${dropped}, failed ${failed}`,
      sent.length === due && failed === 0,
    );
    judge(`rate ${rate.toFixed(3)}/s, ${offPercent.toFixed(3)} % off (0.1 %)`, Math.abs(offPercent) <= 0.1);
    judge(`sent - due p99 ${percentile(lateMs, 99).toFixed(3)} ms (2 ms)`, percentile(lateMs, 99) <= 2);
    judge(
      `service time and server's own apart by ${p50Apart.toFixed(3)} ms at p50 (1 ms), ${p99Apart.toFixed(3)} ms at p99 (3 ms)`,
      p50Apart <= 1 && p99Apart <= 3,
    );
  } finally {
    await server.stop();
  }
}

/** One line for each thing that is promised of a quiet machine, its bound in brackets. */
function judge(what: string, kept: boolean): void {
  console.log(`  ${kept ? 'kept  ' : 'BROKEN'}  ${what}`);
}
