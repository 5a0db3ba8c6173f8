import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  ListTagsForResourceCommand,
  PutRetentionPolicyCommand,
  paginateDescribeLogGroups,
  paginateDescribeLogStreams,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createLogs } from '../../src/services/logs/create-logs.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { serveServices } from '../support/serve-services.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const clock = new ManualClock();
const start = () => serveServices(clock, (environment) => [createLogs(environment)] as const);
let cloud: Awaited<ReturnType<typeof start>>;
let client: CloudWatchLogsClient;

beforeEach(async () => {
  cloud = await start();
  client = new CloudWatchLogsClient(cloud.client);
});
afterEach(async () => {
  client.destroy();
  await cloud.stop();
});

const createGroup = (logGroupName: string, tags?: Record<string, string>) =>
  client.send(new CreateLogGroupCommand({ logGroupName, ...(tags && { tags }) }));
const createStream = (logGroupName: string, logStreamName: string) =>
  client.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));

describe('log groups', () => {
  it('are described as AWS describes them', async () => {
    await createGroup('/aws/lambda/one');
    const { logGroups } = await client.send(new DescribeLogGroupsCommand({}));
    expect(logGroups).toEqual([
      {
        logGroupName: '/aws/lambda/one',
        creationTime: clock.now(),
        metricFilterCount: 0,
        storedBytes: 0,
        arn: 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/one:*',
        logGroupArn: 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/one',
        logGroupClass: 'STANDARD',
      },
    ]);
  });

  it('come in pages by prefix, and by a part of the name in any case', async () => {
    const names = ['/a/1', '/a/2', '/a/3', '/a/4', '/a/5', '/B/Other'];
    for (const name of names) await createGroup(name);
    const found: (string | undefined)[][] = [];
    for await (const page of paginateDescribeLogGroups(
      { client, pageSize: 2 },
      { logGroupNamePrefix: '/a/' },
    )) {
      found.push((page.logGroups ?? []).map((group) => group.logGroupName));
    }
    expect(found).toEqual([['/a/1', '/a/2'], ['/a/3', '/a/4'], ['/a/5']]);
    const { logGroups } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePattern: 'oTH' }));
    expect(logGroups?.map((group) => group.logGroupName)).toEqual(['/B/Other']);
  });

  it('are refused when they exist, are missing, or are named badly', async () => {
    await createGroup('twice');
    await expect(createGroup('twice')).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
    await expect(client.send(new DeleteLogGroupCommand({ logGroupName: 'none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    });
    await expect(createGroup('has space')).rejects.toThrow(
      /^1 validation error detected: Value 'has space' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern/,
    );
  });

  it('refuse by name what is not implemented', async () => {
    const encrypted = new CreateLogGroupCommand({ logGroupName: 'secret', kmsKeyId: 'key' });
    await expect(client.send(encrypted)).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('logs:CreateLogGroup (member kmsKeyId)'),
    });
  });

  it('take their streams and events with them when deleted', async () => {
    cloud.services[0].writer.append('gone', 'stream', [{ timestampMs: clock.now(), message: 'lost' }]);
    await client.send(new DeleteLogGroupCommand({ logGroupName: 'gone' }));
    await createGroup('gone');
    const { logStreams } = await client.send(new DescribeLogStreamsCommand({ logGroupName: 'gone' }));
    expect(logStreams).toEqual([]);
  });

  it('carry tags', async () => {
    await createGroup('tagged', { 'skyground:run': '1', other: '' });
    const resourceArn = 'arn:aws:logs:us-east-1:000000000000:log-group:tagged';
    await client.send(new TagResourceCommand({ resourceArn, tags: { added: 'yes' } }));
    await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['other', 'absent'] }));
    const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn }));
    expect(tags).toEqual({ 'skyground:run': '1', added: 'yes' });
  });
});

describe('retention', () => {
  const messages = async () => {
    const { events } = await client.send(new FilterLogEventsCommand({ logGroupName: 'kept' }));
    return events?.map((event) => event.message);
  };

  it('deletes hourly what is older, and nothing once the policy is gone', async () => {
    const { writer } = cloud.services[0];
    writer.append('kept', 'stream', [{ timestampMs: clock.now(), message: 'old' }]);
    await expect(
      client.send(new PutRetentionPolicyCommand({ logGroupName: 'kept', retentionInDays: 2 })),
    ).rejects.toThrow(
      /Value '2' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set/,
    );
    await client.send(new PutRetentionPolicyCommand({ logGroupName: 'kept', retentionInDays: 1 }));
    const { logGroups } = await client.send(new DescribeLogGroupsCommand({}));
    expect(logGroups?.[0]).toMatchObject({ retentionInDays: 1, storedBytes: 'old'.length + 26 });

    clock.advance(DAY_MS + 1);
    writer.append('kept', 'stream', [{ timestampMs: clock.now(), message: 'new' }]);
    await vi.waitFor(async () => expect(await messages()).toEqual(['new']));
    const after = await client.send(new DescribeLogGroupsCommand({}));
    expect(after.logGroups?.[0]?.storedBytes).toBe('new'.length + 26);

    await client.send(new DeleteRetentionPolicyCommand({ logGroupName: 'kept' }));
    clock.advance(30 * DAY_MS);
    expect(await messages()).toEqual(['new']);
  });

  it('that fails is reported and tried again, while the cloud goes on serving', async () => {
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    onTestFinished(() => stderr.mockRestore());
    const { writer } = cloud.services[0];
    writer.append('kept', 'stream', [{ timestampMs: clock.now(), message: 'old' }]);
    await client.send(new PutRetentionPolicyCommand({ logGroupName: 'kept', retentionInDays: 1 }));
    cloud.environment.database.exec('PRAGMA query_only = 1');
    clock.advance(DAY_MS + 1);
    await vi.waitFor(() =>
      expect(stderr).toHaveBeenCalledWith(expect.stringContaining('log retention failed')),
    );
    cloud.environment.database.exec('PRAGMA query_only = 0');
    expect(await messages()).toEqual(['old']);
    clock.advance(DAY_MS);
    await vi.waitFor(async () => expect(await messages()).toEqual([]));
  });
});

describe('log streams', () => {
  it('come by name, by last event time, descending, in pages', async () => {
    const { writer } = cloud.services[0];
    const nowMs = clock.now();
    for (const [name, offsetMs] of [
      ['a', 30],
      ['b', 10],
      ['c', 20],
      ['d', 20],
    ] as const) {
      writer.append('group', name, [{ timestampMs: nowMs + offsetMs, message: name }]);
    }
    await createStream('group', 'e');
    const list = async (query: { orderBy?: 'LastEventTime' | 'LogStreamName'; descending?: boolean }) => {
      const names: (string | undefined)[] = [];
      const pages = paginateDescribeLogStreams({ client, pageSize: 2 }, { logGroupName: 'group', ...query });
      for await (const page of pages)
        names.push(...(page.logStreams ?? []).map((stream) => stream.logStreamName));
      return names.join('');
    };
    expect(await list({})).toBe('abcde');
    expect(await list({ descending: true })).toBe('edcba');
    expect(await list({ orderBy: 'LastEventTime' })).toBe('ebcda');
    expect(await list({ orderBy: 'LastEventTime', descending: true })).toBe('adcbe');
  });

  it('know the times of their events', async () => {
    const nowMs = clock.now();
    cloud.services[0].writer.append('group', 'stream', [
      { timestampMs: nowMs - 5, message: 'first' },
      { timestampMs: nowMs - 1, message: 'last' },
    ]);
    const { logStreams } = await client.send(
      new DescribeLogStreamsCommand({ logGroupName: 'group', logStreamNamePrefix: 'str' }),
    );
    expect(logStreams).toEqual([
      {
        logStreamName: 'stream',
        arn: 'arn:aws:logs:us-east-1:000000000000:log-group:group:log-stream:stream',
        creationTime: nowMs,
        firstEventTimestamp: nowMs - 5,
        lastEventTimestamp: nowMs - 1,
        lastIngestionTime: nowMs,
        storedBytes: 0,
      },
    ]);
  });

  it('are refused when they exist, are missing, or are ordered both ways', async () => {
    await createGroup('group');
    await createStream('group', 'one');
    await expect(createStream('group', 'one')).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
    });
    await client.send(new DeleteLogStreamCommand({ logGroupName: 'group', logStreamName: 'one' }));
    await expect(
      client.send(new DeleteLogStreamCommand({ logGroupName: 'group', logStreamName: 'one' })),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log stream does not exist.',
    });
    const both = { logGroupName: 'group', orderBy: 'LastEventTime', logStreamNamePrefix: 'o' } as const;
    await expect(client.send(new DescribeLogStreamsCommand(both))).rejects.toThrow(
      /Cannot order by LastEventTime/,
    );
  });
});
