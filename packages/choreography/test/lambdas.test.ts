import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { deploy, functionLog, pollUntil } from '@skyground/cloud';
import { afterAll, describe, expect, test } from 'vitest';

import {
  awaitResult,
  type DeployedWorkflow,
  type Mode,
  type RunRecord,
  readRunRecord,
  startWorkflow,
  sweepTombstones,
} from '../src/index.ts';
import { DynamoTable } from '../src/store/dynamo-table.ts';
import { smallApp } from './small-app/declaration.ts';
import definition from './small-app/workflow.asl.json' with { type: 'json' };
import { startTestCloud } from './support/test-cloud.ts';

const { signal } = new AbortController();
const folder = await mkdtemp(join(tmpdir(), 'choreography-'));
const cloud = await startTestCloud();
afterAll(async () => {
  await cloud.stop();
  await rm(folder, { recursive: true });
});
const { clients } = cloud;
const { names } = await deploy(smallApp(clients.target, folder), clients, { signal });
const deployed: DeployedWorkflow = {
  definition,
  clients,
  tableName: names.tables.main.name,
  bucketName: names.buckets.main,
  functionArns: Object.fromEntries(Object.entries(names.functions).map(([key, { arn }]) => [key, arn])),
};
const table = new DynamoTable(clients.dynamodb, deployed.tableName);

async function run(
  session: string,
  mode: Mode,
  more: { waitsFor?: string; fails?: boolean; padding?: string } = {},
) {
  const input = { marks: `${session} gathers`, waitsFor: null, fails: false, padding: '', ...more };
  const start = () => startWorkflow(deployed, input, { mode, collectsGarbage: true, session, signal });
  await start();
  return { start, result: await awaitResult(deployed, session, { signal }) };
}

/** Of one session, when they are complete and nothing is left of it but the result. */
async function recordsOf(session: string, isComplete: (records: readonly RunRecord[]) => boolean) {
  let records: readonly RunRecord[] = [];
  const look = async () => {
    const logs = Object.values(names.functions).map(({ logGroup }) =>
      functionLog(clients, logGroup, { sinceMs: 0, signal }),
    );
    const lines = (await Promise.all(logs)).flat();
    records = lines
      .flatMap(({ message }) => readRunRecord(message) ?? [])
      .filter((record) => record.session === session);
    const left = [...(await table.list(session)).keys()];
    return { done: isComplete(records) && left.join() === 'end', progress: records.length };
  };
  expect(await pollUntil(look, { intervalMs: 50, quietMs: 20_000, signal })).toBe('done');
  return records;
}

describe.each<Mode>(['CLASSIC', 'FUTURE_BASED'])('on the embedded cloud, %s', (mode) => {
  const gathered = { gathered: [{ name: 'quick', padding: '' }, { name: 'slow' }] };

  test('functions start each other, and the first or the last branch the aggregator', async () => {
    const session = `plain-${mode}`;
    // In FUTURE_BASED the slow branch does not end before the aggregator has started.
    const { result } = await run(session, mode, mode === 'CLASSIC' ? {} : { waitsFor: `${session} gathers` });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: gathered });
    const records = await recordsOf(session, (all) => all.length >= 4);
    expect(records.map(({ outcome }) => outcome)).toEqual(['ran', 'ran', 'ran', 'ran']);
    const gather = records.find(({ node }) => node === 'Gather');
    if (mode === 'CLASSIC') expect(gather).toMatchObject({ preResolved: 2 });
    else
      expect(gather).toMatchObject({
        preResolved: 1,
        invokedBy: 'Fan/0/Quick',
        inputs: [{ resolvedAtStart: true }, { resolvedAtStart: false }],
      });
  });

  test('each node has one effective run where processes die and events come twice', async () => {
    const session = `killed-${mode}`;
    const { start, result } = await run(session, mode, { padding: 'x'.repeat(400_000) });
    expect(result).toMatchObject({
      status: 'SUCCEEDED',
      output: { gathered: [{ name: 'quick' }, { name: 'slow' }] },
    });
    await start();
    const records = await recordsOf(session, (all) =>
      all.some(({ outcome }) => outcome === 'stopped by tombstone'),
    );
    const ran = records.filter(({ outcome }) => outcome === 'ran').map(({ node }) => node);
    // Load and Slow died after they had kept their results: what is logged of them is the second try.
    expect(ran.sort()).toEqual(['Fan/0/Quick', 'Gather']);
    expect(
      records.filter(({ node, outcome }) => node === 'Load' && outcome === 'reused').length,
    ).toBeGreaterThan(0);
  });

  test('a branch that fails fails the workflow, as the other mode does', async () => {
    const { result } = await run(`failed-${mode}`, mode, { fails: true });
    expect(result).toMatchObject({ status: 'FAILED', error: 'Refused' });
    expect(JSON.parse(result.status === 'FAILED' ? (result.cause ?? '') : '')).toMatchObject({
      errorMessage: 'as asked for',
    });
  });
});

test('any other event goes to the handler as it is', async () => {
  const FunctionName = names.functions.load.arn;
  const { Payload } = await clients.lambda.send(
    new InvokeCommand({ FunctionName, Payload: Buffer.from('{"plain":[1]}') }),
  );
  expect(JSON.parse(Payload?.transformToString() ?? '')).toEqual({ plain: [1] });
  const forged = Buffer.from('{"choreography":{"session":"../x","object":"y"}}');
  const { FunctionError } = await clients.lambda.send(new InvokeCommand({ FunctionName, Payload: forged }));
  expect(FunctionError).toBe('Unhandled');
});

test('tombstones are swept', async () => {
  await sweepTombstones(deployed, Date.now() + 1000);
  expect([...(await table.list('plain-CLASSIC')).keys()]).toEqual([]);
});
