/** From the end of a branch's code to the start of the aggregator, warm and without contention, on the embedded cloud. */
import { awaitResult, type RunRecord, startWorkflow } from '../src/index.ts';
import { deploySmallApp } from './deployed-small-app.ts';

const WARM_UP = 5;
const RUNS = 60;

const { signal } = new AbortController();
const app = await deploySmallApp(signal);
const { deployed } = app;
try {
  for (let index = 0; index < 2 * RUNS; index += 1) {
    const mode = index % 2 === 0 ? 'CLASSIC' : 'FUTURE_BASED';
    const session = `${mode}-${index}`;
    const input = { marks: 'mark', waitsFor: null, fails: false, padding: '' };
    await startWorkflow(deployed, input, { mode, session, collectsGarbage: true, signal });
    await awaitResult(deployed, session, { signal, pollIntervalMs: 100 });
  }
  const ran = (await app.records()).filter(({ outcome }) => outcome === 'ran');
  for (const mode of ['CLASSIC', 'FUTURE_BASED'] as const) report(mode, ran);
} finally {
  await app.stop();
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
