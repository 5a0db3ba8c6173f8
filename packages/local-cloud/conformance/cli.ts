// The recordings of AWS against the embedded cloud:
//   npm run conformance -- [--cases FILE] [--only TEXT] [--raise]
// --cases runs another corpus of Step Functions' cases, --only those whose id holds the text; neither knows floors.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startLocalCloud } from '../src/index.ts';
import { type CorpusLine, readCorpus, recordingsFolder } from './recorded-case.ts';
import { belowFloors, differsFrom, reached, readFloors, writeFloors } from './report/floors.ts';
import { report, shares } from './report/table.ts';
import { openAccount } from './run/clients.ts';
import { runCorpus } from './run/run-case.ts';
import { runWire, wireEntries } from './wire/run-wire.ts';

// Each is a real state machine, most a few milliseconds long; some wait for minutes of AWS's that are seconds here.
const CONCURRENT_CASES = 4;
// A function that overslept its timeout keeps its environment until it is done.
const MAXIMUM_CONCURRENCY = 40;

const { values: flags } = parseArgs({
  options: {
    cases: { type: 'string' },
    only: { type: 'string' },
    raise: { type: 'boolean', default: false },
  },
});
process.exitCode = await main();

async function main(): Promise<number> {
  const corpus = readCorpus(flags.cases && resolve(process.env['INIT_CWD'] ?? '', flags.cases));
  const entries = wireEntries();
  if (corpus === undefined || entries === undefined) {
    console.error(
      `Expected the recordings of AWS in ${flags.cases ?? recordingsFolder()}, but they are not there. SKYGROUND_RECORDINGS names their folder.`,
    );
    return 1;
  }
  const isWhole = flags.cases === undefined && flags.only === undefined;
  const startedMs = Date.now();
  const results = [
    ...(await runCases(corpus.filter(({ id }) => id.includes(flags.only ?? '')))),
    ...(isWhole ? runWire(entries) : []),
  ];
  const { lines, isKept } = shares(results);
  console.log(report(results));
  console.log(`\n${lines.join('\n')}\n${((Date.now() - startedMs) / 1000).toFixed(0)} s`);
  if (!isWhole) return isKept ? 0 : 1;

  const now = reached(results, new Date().toISOString().slice(0, 'YYYY-MM-DD'.length));
  const floors = readFloors();
  const below = belowFloors(floors, now);
  for (const line of below) console.error(`below the floor: ${line}`);
  if (below.length > 0) return 1;
  if (differsFrom(floors, now)) {
    if (flags.raise) {
      writeFloors(now);
      console.log('floors.json says now what was reached; npm run fidelity puts it into docs/fidelity.md.');
    } else {
      console.log('This is not what floors.json holds: npm run conformance -- --raise');
    }
  }
  return isKept ? 0 : 1;
}

async function runCases(lines: readonly CorpusLine[]) {
  const stateDir = mkdtempSync(join(tmpdir(), 'skyground-conformance-'));
  const cloud = await startLocalCloud({ stateDir, lambda: { maximumConcurrency: MAXIMUM_CONCURRENCY } });
  try {
    return await runCorpus(lines, await openAccount(cloud), CONCURRENT_CASES);
  } finally {
    await cloud.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
}
