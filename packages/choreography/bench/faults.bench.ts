/**
 * Workflows on the embedded cloud with 5 % of the events sent twice, 5 % of the invocations ending their process, and too few
 * environments: counts what came of them. `node bench/faults.bench.ts [workflows of each mode [mode]]`
 */
import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { pollUntil } from '@skyground/cloud';

import { awaitResult, type Mode, startWorkflow, sweepTombstones } from '../src/index.ts';
import { DynamoTable } from '../src/store/dynamo-table.ts';
import { END_ITEM } from '../src/store/names.ts';
import { deploySmallApp } from './deployed-small-app.ts';

const WORKFLOWS = Number(process.argv[2] ?? 1000);
const AT_ONCE = 6;
/** Of each function, less than what runs at once: some events are throttled. */
const ENVIRONMENTS = 3;

const { signal } = new AbortController();
const app = await deploySmallApp(signal);
const { clients, deployed, folder } = app;
const table = new DynamoTable(clients.dynamodb, deployed.tableName);
try {
  for (const FunctionName of app.functionNames) {
    const ReservedConcurrentExecutions = ENVIRONMENTS;
    await clients.lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }),
    );
  }
  for (const mode of ['CLASSIC', 'FUTURE_BASED'] as const) {
    if ((process.argv[3] ?? mode) === mode) await measure(mode);
  }
} finally {
  await app.stop();
}

async function measure(mode: Mode): Promise<void> {
  const marksBefore = new Set(await readdir(folder));
  const throttlesBefore = await throttles();
  const sessions = Array.from({ length: WORKFLOWS }, (_, index) => `chance-${mode}-${index}`);
  const outputs = new Map<string, number>();
  const waiting = [...sessions];
  const runAll = async (): Promise<void> => {
    for (let session = waiting.pop(); session !== undefined; session = waiting.pop()) {
      const input = { marks: 'gathers', waitsFor: null, fails: false, padding: '' };
      await startWorkflow(deployed, input, { mode, session, collectsGarbage: true, signal });
      const result = await awaitResult(deployed, session, { signal, pollIntervalMs: 50 });
      const text = result.status === 'SUCCEEDED' ? JSON.stringify(result.output) : JSON.stringify(result);
      outputs.set(text, (outputs.get(text) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runAll));
  // Duplicates may still be under way.
  const settled = await pollUntil(
    async () => {
      const { length } = await app.records();
      await sleep(1000, undefined, { signal });
      return { done: (await app.records()).length === length, progress: length };
    },
    { intervalMs: 1000, quietMs: 60_000, signal },
  );
  const records = (await app.records()).filter((record) => record.mode === mode);
  const gathers = Map.groupBy(
    records.filter(({ node, outcome }) => node === 'Gather' && outcome === 'ran'),
    ({ session }) => session,
  );
  const left = await Promise.all(sessions.map(async (session) => [...(await table.list(session)).keys()]));
  const marks = (await readdir(folder)).filter((mark) => !marksBefore.has(mark));
  console.log(
    JSON.stringify({
      mode,
      settled,
      workflows: sessions.length,
      outputs: Object.fromEntries(outputs),
      sentTwice: marks.filter((mark) => mark.startsWith('twice')).length,
      crashes: marks.filter((mark) => mark.includes('strike')).length,
      throttles: (await throttles()) - throttlesBefore,
      outcomes: Object.fromEntries(
        [...Map.groupBy(records, ({ outcome }) => outcome)].map(([outcome, all]) => [outcome, all.length]),
      ),
      aggregatorRanMoreThanOnce: [...gathers.values()].filter(({ length }) => length > 1).length,
      sessionsWithMoreLeftThanTheTombstone: left.filter((items) => items.join() !== END_ITEM).length,
      swept: await sweepTombstones(deployed, Date.now() + 1000),
    }),
  );
}

async function throttles(): Promise<number> {
  const { MetricDataResults = [] } = await clients.cloudwatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(Date.now() - 3_600_000),
      EndTime: new Date(Date.now() + 60_000),
      MetricDataQueries: app.functionNames.map((Value, index) => ({
        Id: `f${index}`,
        MetricStat: {
          Metric: {
            Namespace: 'AWS/Lambda',
            MetricName: 'Throttles',
            Dimensions: [{ Name: 'FunctionName', Value }],
          },
          Period: 60,
          Stat: 'Sum',
        },
      })),
    }),
  );
  return MetricDataResults.flatMap(({ Values = [] }) => Values).reduce((sum, value) => sum + value, 0);
}
