import { responseMs, serviceMs } from '../src/index.ts';
import { machine, percentile, spread } from './figures.ts';
import { evenLoad } from './load.ts';
import { startServer } from './scripted-server.ts';

/** How near to their due times requests are sent, at which rate, and how our service times compare with the server's. */
export async function accuracy(
  ratePerSecond: number,
  seconds: number,
  ...serverOptions: string[]
): Promise<void> {
  const server = await startServer(...serverOptions);
  try {
    // Connections and code are warm in what is measured; at a low rate there is nothing to warm.
    if (ratePerSecond >= 100) await evenLoad(server.url, ratePerSecond, 1);
    await server.record();
    const { sent, dropped, cpuPercent } = await evenLoad(server.url, ratePerSecond, seconds);
    const { tookMs } = await server.record();
    const failed = sent.filter(({ status }) => status === 'failed').length;
    const first = sent[0];
    const last = sent.at(-1);
    const spanS = first === undefined || last === undefined ? 0 : (last.sentAtMs - first.sentAtMs) / 1000;
    const rate = (sent.length - 1) / spanS;
    console.log(`${ratePerSecond}/s for ${seconds} s ${serverOptions.join(' ')} (${machine()})`);
    console.log(
      `  sent ${sent.length} of ${Math.round(ratePerSecond * seconds)}, dropped ${dropped}, failed ${failed}; rate ${rate.toFixed(3)}/s (${((100 * rate) / ratePerSecond - 100).toFixed(3)} %), CPU ${cpuPercent.toFixed(0)} % of a core`,
    );
    console.log(`  sent - due     ${spread(sent.map(({ dueAtMs, sentAtMs }) => sentAtMs - dueAtMs))}`);
    console.log(`  service time   ${spread(sent.map(serviceMs))}`);
    console.log(`  server's own   ${spread(tookMs)}`);
    const apart = [50, 99].map(
      (percent) => percentile(sent.map(serviceMs), percent) - percentile(tookMs, percent),
    );
    console.log(`  apart          p50 ${apart[0]?.toFixed(3)}, p99 ${apart[1]?.toFixed(3)} ms`);
    console.log(`  response time  ${spread(sent.map(responseMs))}`);
  } finally {
    await server.stop();
  }
}
