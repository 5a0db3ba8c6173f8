// Init Duration in the embedded cloud with and without V8's compile cache in the package, in turn: docs/decisions/0009-compile-cache.md.
//   node bench/compile-cache.bench.ts [module that exports handler]     (without one: this app's own)
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { InvokeCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { createClients, declareApp, deploy, startedLocalTarget } from '@skyground/cloud';
import { startLocalCloud } from '@skyground/local-cloud';
import { parseReportLine } from '@skyground/metrics';
import { hodgesLehmannShift, summarise } from '@skyground/statistics';
import { OUTPUT_BUCKET_VARIABLE } from '../src/environment.ts';
import { imageProcessorDeclaration } from '../src/index.ts';

const ROUNDS = 60;

const stateDir = await mkdtemp(join(tmpdir(), 'skyground-bench-'));
const cloud = await startLocalCloud({ stateDir });
const clients = createClients(startedLocalTarget({ kind: 'local', label: 'cloud (local)' }, cloud));
try {
  const basics = imageProcessorDeclaration([], clients.target);
  const { entryPoint, environment, ...settings } = basics.functions.main;
  const main = {
    ...settings,
    entryPoint: process.argv[2] === undefined ? entryPoint : resolve(process.argv[2]),
    environment: { ...environment, [OUTPUT_BUCKET_VARIABLE]: 'bench' },
    uses: [],
  };
  const { app, prefix, role, platform, architecture, logRetentionDays } = basics;
  const declaration = declareApp({
    ...{ app, prefix, role, platform, architecture, logRetentionDays },
    functions: { without: main, cached: { ...main, compileCache: true } },
  });
  const { names } = await deploy(declaration, clients, { signal: new AbortController().signal });
  const initMs = { without: [] as number[], cached: [] as number[] };
  // The first round fills the page cache.
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const arm of ['without', 'cached'] as const) {
      const measuredMs = await coldInitMs(names.functions[arm].name, round);
      if (round > 0) initMs[arm].push(measuredMs);
    }
  }
  console.log(main.entryPoint);
  console.log('Init Duration without, ms:', summarise(initMs.without));
  console.log('with compile cache, ms:', summarise(initMs.cached));
  console.log('shift, ms:', hodgesLehmannShift(initMs.cached, initMs.without));
} finally {
  clients.destroy();
  await cloud.stop();
  await rm(stateDir, { recursive: true, force: true });
}

/** A changed configuration ends the environments, so the next invoke is cold. What the handler makes of the empty event is no matter. */
async function coldInitMs(FunctionName: string, round: number): Promise<number> {
  await clients.lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName, Description: `round ${round}` }),
  );
  const command = new InvokeCommand({ FunctionName, LogType: 'Tail', Payload: '{"Records":[]}' });
  const { LogResult = '' } = await clients.lambda.send(command);
  const lines = Buffer.from(LogResult, 'base64').toString().split('\n');
  for (const line of lines.map(parseReportLine)) {
    if (line?.kind === 'report' && line.initMs !== null) return line.initMs;
  }
  throw new Error(`Expected a REPORT line with an Init Duration, found: ${lines.join('\n')}`);
}
