/** From the end of a branch's code to the start of the aggregator, warm and without contention, on the embedded cloud. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deploy, functionLog } from '@skyground/cloud';

import { awaitResult, type RunRecord, readRunRecord, startWorkflow } from '../src/index.ts';
import { smallApp } from '../test/small-app/declaration.ts';
import definition from '../test/small-app/workflow.asl.json' with { type: 'json' };
import { startTestCloud } from '../test/support/test-cloud.ts';

const WARM_UP = 5;
const RUNS = 60;

const { signal } = new AbortController();
const folder = await mkdtemp(join(tmpdir(), 'choreography-'));
const { clients, stop } = await startTestCloud();
try {
  const { names } = await deploy(smallApp(clients.target, folder), clients, { signal });
  const deployed = {
    definition,
    clients,
    tableName: names.tables.main.name,
    bucketName: names.buckets.main,
    functionArns: Object.fromEntries(Object.entries(names.functions).map(([key, { arn }]) => [key, arn])),
  };
  for (let index = 0; index < 2 * RUNS; index += 1) {
    const mode = index % 2 === 0 ? 'CLASSIC' : 'FUTURE_BASED';
    const session = `${mode}-${index}`;
    const input = { marks: 'mark', waitsFor: null, fails: false, padding: '' };
    await startWorkflow(deployed, input, { mode, session, collectsGarbage: true, signal });
    await awaitResult(deployed, session, { signal, pollIntervalMs: 100 });
  }
  const groups = Object.values(names.functions).map(({ logGroup }) =>
    functionLog(clients, logGroup, { sinceMs: 0, signal }),
  );
  const lines = (await Promise.all(groups)).flat();
  const ran = lines
    .flatMap(({ message }) => readRunRecord(message) ?? [])
    .filter(({ outcome }) => outcome === 'ran');
  for (const mode of ['CLASSIC', 'FUTURE_BASED'] as const) report(mode, ran);
} finally {
  await stop();
  await rm(folder, { recursive: true });
}

function report(mode: RunRecord['mode'], records: readonly RunRecord[]): void {
  const own = Map.groupBy(
    records.filter((record) => record.mode === mode),
    ({ session }) => session,
  );
  const sessions = [...own.values()].slice(WARM_UP);
  const handOver = sessions.map((session) => {
    const gather = session.find(({ node }) => node === 'Gather');
    const invoker = session.find(({ node }) => node === gather?.invokedBy);
    return (gather?.startedAtMs ?? Number.NaN) - (invoker?.userEndedAtMs ?? Number.NaN);
  });
  const toCode = sessions.map((session) => {
    const gather = session.find(({ node }) => node === 'Gather');
    return (gather?.userStartedAtMs ?? Number.NaN) - (gather?.startedAtMs ?? Number.NaN);
  });
  const checkpoint = sessions.flatMap((session) =>
    session.map(
      ({ userEndedAtMs, checkpointedAtMs }) =>
        (checkpointedAtMs ?? Number.NaN) - (userEndedAtMs ?? Number.NaN),
    ),
  );
  const reads = sessions.map((session) => session.reduce((sum, record) => sum + record.reads, 0));
  const writes = sessions.map((session) => session.reduce((sum, record) => sum + record.writes, 0));
  console.log(
    `${mode}: ${sessions.length} runs, p50 (p90): branch end to aggregator start ${quantiles(handOver)} ms, then to its code ${quantiles(toCode)} ms; checkpoint ${quantiles(checkpoint)} ms; items read ${quantiles(reads)}, written ${quantiles(writes)}`,
  );
}

function quantiles(values: readonly number[]): string {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)];
  return `${at(0.5)} (${at(0.9)})`;
}
