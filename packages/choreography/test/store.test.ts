import { randomUUID } from 'node:crypto';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { sweep } from '../src/client/sweep.ts';
import { Collected } from '../src/errors.ts';
import type { Progress } from '../src/progress.ts';
import { DynamoTable } from '../src/store/dynamo-table.ts';
import { END_ITEM, fanInItem, lineItem, nodeItem, objectPrefix } from '../src/store/names.ts';
import type { Objects, Table } from '../src/store/ports.ts';
import { S3Objects } from '../src/store/s3-objects.ts';
import { Store } from '../src/store/store.ts';
import { MemoryObjects, MemoryTable } from './support/memory-ports.ts';
import { startTestCloud } from './support/test-cloud.ts';

const cloud = await startTestCloud();
afterAll(cloud.stop);

beforeAll(async () => {
  const { dynamodb, s3 } = cloud.clients;
  await dynamodb.send(
    new CreateTableCommand({
      TableName: 'sessions',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'session', AttributeType: 'S' },
        { AttributeName: 'item', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'session', KeyType: 'HASH' },
        { AttributeName: 'item', KeyType: 'RANGE' },
      ],
    }),
  );
  await s3.send(new CreateBucketCommand({ Bucket: 'sessions' }));
});

const memory = { table: new MemoryTable(), objects: new MemoryObjects() };
const real: { table: Table; objects: Objects } = {
  table: new DynamoTable(cloud.clients.dynamodb, 'sessions'),
  objects: new S3Objects(async () => cloud.clients.s3, 'sessions'),
};

const ended = (output: string): Progress => ({ kind: 'ended', output, atMs: 5 });
const here = (value: string) => ({ atMs: 5, output: { kind: 'here', value } as const });

describe.each([
  ['in memory', memory],
  ['of DynamoDB and S3', real],
])('a store %s', (_name, ports) => {
  const open = () => {
    const session = randomUUID();
    return { session, store: new Store(ports, session) };
  };

  test('keeps the first checkpoint of a node, of concurrent ones too', async () => {
    const { store } = open();
    expect(await store.find('node#A', [])).toMatchObject({ hasEnded: false, progress: undefined });
    const outputs = ['one', 'two', 'three', 'four'];
    const kept = await Promise.all(outputs.map((output) => store.checkpoint('node#A', ended(output))));
    expect(kept.filter(Boolean)).toHaveLength(1);
    const { progress } = await store.find('node#A', []);
    expect(progress).toEqual(ended(outputs[kept.indexOf(true)] ?? ''));
  });

  test('keeps what stands and what failed as it was given', async () => {
    const { store } = open();
    const standing = {
      position: ['Fan', 1, 'A'],
      input: { a: [1, null] },
      variables: { v: 'x' },
      retries: [0, 2],
    };
    const kept: Progress[] = [
      { kind: 'stands', standing, atMs: 7.5 },
      { kind: 'failed', error: 'E', cause: 'c', atMs: 1 },
      { kind: 'failed', atMs: 1 },
    ];
    for (const [index, progress] of kept.entries()) {
      await store.checkpoint(`node#${index}`, progress);
      expect((await store.find(`node#${index}`, [])).progress).toEqual(progress);
    }
  });

  test('numbers the lines of a fan-in in their order, each once', async () => {
    const { store } = open();
    const fanIns = await Promise.all(
      [2, 0, 1, 2, 0].map((line) => store.endLine('fan-in#F', line, here(`of ${line}`))),
    );
    expect(Math.max(...fanIns.map(({ fanIn }) => fanIn.ends.size))).toBe(3);
    const { ends, failure } = await store.fanIn('fan-in#F');
    expect([...ends.values()].map(({ order }) => order).sort((one, other) => one - other)).toEqual([1, 2, 3]);
    expect(ends.get(1)).toMatchObject(here('of 1'));
    expect(failure).toBeUndefined();
    expect(fanIns.filter(({ isNew }) => isNew)).toHaveLength(3);
    const again = await store.endLine('fan-in#F', 1, here('again'));
    expect(again).toEqual({ fanIn: { ends, failure }, isNew: false });
  });

  test('keeps the first failure of a fan-in, and none of a line that has ended', async () => {
    const { store } = open();
    await store.endLine('fan-in#F', 0, here('zero'));
    expect((await store.failLine('fan-in#F', { line: 0, atMs: 1 })).fanIn.failure).toBeUndefined();
    const first = { line: 1, atMs: 2, error: 'E', cause: 'c' };
    expect((await store.failLine('fan-in#F', first)).fanIn.failure).toEqual(first);
    expect((await store.failLine('fan-in#F', { line: 2, atMs: 3 })).fanIn.failure).toEqual(first);
    expect((await store.endLine('fan-in#F', 2, here('two'))).fanIn.failure).toEqual(first);
  });

  test('reads outputs from where they are, and says when one is gone', async () => {
    const { store } = open();
    await store.checkpoint('node#A', ended('kept'));
    const kept = { atMs: 5, output: { kind: 'kept', item: 'node#A' } as const };
    expect(await store.outputs([here('here'), kept, kept])).toEqual(['here', 'kept', 'kept']);
    const gone = { atMs: 5, output: { kind: 'kept', item: 'node#B' } as const };
    await expect(store.outputs([gone])).rejects.toBeInstanceOf(Collected);
    await expect(store.fanIn('fan-in#none')).rejects.toBeInstanceOf(Collected);
    await expect(store.object('0'.repeat(64))).rejects.toBeInstanceOf(Collected);
  });

  test('puts what is larger than 300 KB into an object, and only that', async () => {
    const { session, store } = open();
    const small = ended('x'.repeat(299 * 1024));
    const large = ended('é'.repeat(151 * 1024));
    await store.checkpoint('node#Small', small);
    expect(store.counts.objectWrites).toBe(0);
    await store.checkpoint('node#Large', large);
    expect(await ports.objects.list(objectPrefix(session))).toHaveLength(1);
    expect((await store.find('node#Small', [])).progress).toEqual(small);
    expect((await store.find('node#Large', [])).progress).toEqual(large);
  });

  test('ends once, collects all but the result, and what came too late', async () => {
    const { session, store } = open();
    await store.checkpoint('node#A', ended('x'.repeat(400_000)));
    await store.endLine('fan-in#F', 0, here('zero'));
    const result = { status: 'SUCCEEDED', output: 'y'.repeat(400_000), completedAtMs: 9 } as const;
    expect(await store.collectIfEnded()).toBeUndefined();
    expect(await store.end(result)).toBe(true);
    expect(await store.end({ status: 'FAILED', completedAtMs: 10 })).toBe(false);
    await store.collect(false);
    expect([...(await ports.table.list(session)).keys()]).toEqual([END_ITEM]);
    expect(await ports.objects.list(objectPrefix(session))).toHaveLength(1);
    expect(await store.result()).toEqual(result);
    expect((await store.find('node#A', [])).hasEnded).toBe(true);

    const late = new Store(ports, session);
    await late.checkpoint('node#A', ended('late'));
    await late.putObject('a lost event');
    expect(await late.collectIfEnded()).toBe(9);
    expect([...(await ports.table.list(session)).keys()]).toEqual([END_ITEM]);
    expect(await ports.objects.list(objectPrefix(session))).toHaveLength(1);
  });

  test('collects more than one request takes', async () => {
    const { session, store } = open();
    const items = Array.from({ length: 60 }, (_, index) => `node#${index}`);
    await Promise.all(items.map((item) => store.checkpoint(item, ended(item))));
    expect((await ports.table.read(session, items)).size).toBe(60);
    await store.collect(false);
    expect((await ports.table.list(session)).size).toBe(0);
  });

  test('takes names of any length', async () => {
    const { store } = open();
    const position = [
      's'.repeat(80),
      0,
      'ä'.repeat(80),
      1,
      '😀'.repeat(40),
      2,
      '%'.repeat(80),
      3,
      '/'.repeat(80),
    ];
    for (const item of [nodeItem(position), fanInItem(position), lineItem(position, 12)]) {
      expect(await store.checkpoint(item, ended(item))).toBe(true);
      expect((await store.find(item, [])).progress).toEqual(ended(item));
    }
  });

  test('sweeps the results of sessions that ended before a time, with their objects', async () => {
    const old = open();
    await old.store.end({ status: 'SUCCEEDED', output: 'z'.repeat(400_000), completedAtMs: 1000 });
    const young = open();
    await young.store.end({ status: 'FAILED', error: 'E', completedAtMs: 2000 });
    expect(await sweep(ports, 2000)).toBeGreaterThan(0);
    expect(await old.store.result()).toBeUndefined();
    expect(await ports.objects.list(objectPrefix(old.session))).toEqual([]);
    expect(await young.store.result()).toEqual({ status: 'FAILED', error: 'E', completedAtMs: 2000 });
  });
});
