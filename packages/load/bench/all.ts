/**
 * Accuracy and speed of the load generator. `npm run bench -w packages/load -- [--full] [names]`: timing, clients,
 * on-demand, thousand, five-thousand, tools; all of them by default, in short versions unless --full (on-demand then takes
 * three minutes). Run it on a quiet machine: every figure is printed with the load average.
 */
import { parseArgs } from 'node:util';
import { accuracy } from './accuracy.ts';
import { clients } from './clients.ts';
import { timing } from './timing.ts';
import { tools } from './tools.ts';

const { values, positionals } = parseArgs({
  options: { full: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const { full } = values;
const benches: Readonly<Record<string, () => Promise<void>>> = {
  timing: () => timing(full ? 10 : 2),
  clients: () => clients(full ? 50_000 : 5000),
  'on-demand': () =>
    accuracy(1, full ? 180 : 12, '--delay-ms', '20', '--stall-at', '3', '--stall-ms', '5000'),
  thousand: () => accuracy(1000, full ? 30 : 5, '--delay-ms', '5'),
  'five-thousand': () => accuracy(5000, full ? 30 : 3),
  tools: () => tools(200, full ? 30 : 6, full ? 5000 : 1000),
};
const names = positionals.length === 0 ? Object.keys(benches) : positionals;
for (const name of names) {
  const bench = benches[name];
  if (bench === undefined)
    throw new Error(`There is no bench '${name}', expected ${Object.keys(benches).join(', ')}.`);
  await bench();
}
