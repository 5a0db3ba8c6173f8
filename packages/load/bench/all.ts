/**
 * Accuracy and speed of the load generator: `npm run bench -w packages/load -- [--full] [names]`.
 *
 *   one-a-second   1 request a second while the server stalls once for 5 s     180 s with --full
 *   thousand       1,000 a second: rate and service times                      30 s
 *   side-by-side   5,000 a second, and the stall, by ours and by other tools   4 minutes
 *   timing         ways to wait until a request is due
 *   clients        HTTP clients
 *
 * All of them by default, in short versions unless --full. Run it on a quiet machine: every figure stands with the load
 * average.
 */
import { parseArgs } from 'node:util';
import { accuracy } from './accuracy.ts';
import { clients } from './clients.ts';
import { sideBySide } from './side-by-side.ts';
import { timing } from './timing.ts';

const { values, positionals } = parseArgs({
  options: { full: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const { full } = values;
const benches: Readonly<Record<string, () => Promise<void>>> = {
  'one-a-second': () =>
    accuracy({
      ratePerSecond: 1,
      seconds: full ? 180 : 12,
      serverOptions: ['--delay-ms', '20', '--stall-at', '3', '--stall-ms', '5000'],
    }),
  thousand: () =>
    accuracy({ ratePerSecond: 1000, seconds: full ? 30 : 5, serverOptions: ['--delay-ms', '5'] }),
  'side-by-side': async () => {
    await sideBySide({ ratePerSecond: 5000, seconds: full ? 30 : 3, stallMs: 0 });
    await sideBySide({ ratePerSecond: 200, seconds: full ? 30 : 9, stallMs: full ? 5000 : 2000 });
  },
  timing: () => timing(full ? 10 : 2),
  clients: () => clients(full ? 50_000 : 5000),
};
const names = positionals.length === 0 ? Object.keys(benches) : positionals;
for (const name of names) {
  const bench = benches[name];
  if (bench === undefined)
    throw new Error(`There is no bench '${name}', expected ${Object.keys(benches).join(', ')}.`);
  await bench();
}
