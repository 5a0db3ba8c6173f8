import { StatementSync } from 'node:sqlite';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  GetLogEventsCommand,
  type GetLogEventsCommandInput,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createLogs } from '../../src/services/logs/create-logs.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { loadLogsRecordings } from '../support/recordings.ts';
import { serveServices } from '../support/serve-services.ts';

const HOUR_MS = 60 * 60 * 1000;
const clock = new ManualClock();
const start = () => serveServices(clock, (environment) => [createLogs(environment)] as const);
let cloud: Awaited<ReturnType<typeof start>>;
let client: CloudWatchLogsClient;

beforeEach(async () => {
  cloud = await start();
  client = new CloudWatchLogsClient(cloud.client);
  await client.send(new CreateLogGroupCommand({ logGroupName: 'group' }));
  await client.send(new CreateLogStreamCommand({ logGroupName: 'group', logStreamName: 'stream' }));
});
afterEach(async () => {
  client.destroy();
  await cloud.stop();
});

const put = (
  events: readonly (readonly [offsetMs: number, message: string])[],
  stream = 'stream',
  group = 'group',
) =>
  client.send(
    new PutLogEventsCommand({
      logGroupName: group,
      logStreamName: stream,
      logEvents: events.map(([offsetMs, message]) => ({ timestamp: clock.now() + offsetMs, message })),
    }),
  );
const get = async (input: Partial<GetLogEventsCommandInput> = {}) => {
  const output = await client.send(
    new GetLogEventsCommand({ logGroupName: 'group', logStreamName: 'stream', ...input }),
  );
  return { ...output, text: output.events?.map((event) => event.message).join('') };
};
const filter = async (input: Partial<FilterLogEventsCommandInput> = {}) => {
  const output = await client.send(new FilterLogEventsCommand({ logGroupName: 'group', ...input }));
  return { ...output, text: output.events?.map((event) => event.message).join('') };
};

describe('PutLogEvents', () => {
  it('stores a batch and answers with a token', async () => {
    const { nextSequenceToken, rejectedLogEventsInfo } = await put([
      [0, 'a'],
      [1, 'b'],
    ]);
    expect(nextSequenceToken).toEqual(expect.any(String));
    expect(rejectedLogEventsInfo).toBeUndefined();
    expect((await get()).text).toBe('ab');
  });

  it('leaves out what is too old or too new and says so', async () => {
    const old = await put([
      [-14 * 24 * HOUR_MS - 1, 'x'],
      [-14 * 24 * HOUR_MS + 1, 'a'],
    ]);
    expect(old.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 });
    const future = await put([
      [2 * HOUR_MS, 'b'],
      [2 * HOUR_MS + 1, 'y'],
    ]);
    expect(future.rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 1 });
    expect((await get()).text).toBe('ab');
  });

  it('refuses a batch that spans more than a day, is too large or has an empty message, and keeps none of it', async () => {
    await expect(
      put([
        [-25 * HOUR_MS, 'a'],
        [0, 'b'],
      ]),
    ).rejects.toThrow(/cannot span more than 24 hours/);
    await expect(put([[0, 'x'.repeat(1_048_576 - 25)]])).rejects.toThrow(
      'Upload too large: 1048577 bytes exceeds limit of 1048576',
    );
    await expect(put([[0, '']])).rejects.toThrow(
      /Value '' at 'logEvents.1.member.message' failed to satisfy constraint: Member must have length greater than or equal to 1/,
    );
    expect((await get()).text).toBe('');
    await put([[0, 'x'.repeat(1_048_576 - 26)]]);
  });
});

describe('GetLogEvents', () => {
  it('gives the newest page first, or the oldest from the head', async () => {
    await put([
      [0, '1'],
      [1, '2'],
      [2, '3'],
      [3, '4'],
      [4, '5'],
    ]);
    expect((await get({ limit: 2 })).text).toBe('45');
    expect((await get({ limit: 2, startFromHead: true })).text).toBe('12');
  });

  it('reads no more than the megabyte that a page holds, from either end', async () => {
    const message = 'x'.repeat(200_000);
    const events = Array.from({ length: 30 }, (_, index) => ({ timestampMs: clock.now() + index, message }));
    cloud.services[0].writer.append('group', 'stream', events);
    const readWhole = vi.spyOn(StatementSync.prototype, 'all');
    onTestFinished(() => readWhole.mockRestore());
    for (const startFromHead of [true, false]) {
      expect((await get({ startFromHead })).events).toHaveLength(5);
    }
    const rows = readWhole.mock.results.map(({ value }) => Object(value).length);
    expect(Math.max(0, ...rows)).toBeLessThan(6);
  });

  it('reads on both ways and repeats its token at either end', async () => {
    await put([
      [0, '1'],
      [1, '2'],
      [2, '3'],
      [3, '4'],
      [4, '5'],
    ]);
    const newest = await get({ limit: 2 });
    const before = await get({ limit: 2, nextToken: newest.nextBackwardToken });
    const oldest = await get({ limit: 2, nextToken: before.nextBackwardToken });
    const end = await get({ limit: 2, nextToken: oldest.nextBackwardToken });
    expect([before.text, oldest.text, end.text]).toEqual(['23', '1', '']);
    expect(end.nextBackwardToken).toBe(oldest.nextBackwardToken);

    const forward = await get({ nextToken: end.nextForwardToken });
    expect(forward.text).toBe('12345');
    const nothingYet = await get({ nextToken: forward.nextForwardToken });
    expect(nothingYet.text).toBe('');
    expect(nothingYet.nextForwardToken).toBe(forward.nextForwardToken);
    await put([[5, '6']]);
    expect((await get({ nextToken: nothingYet.nextForwardToken })).text).toBe('6');
  });

  it('can be followed from an empty stream on', async () => {
    const empty = await get();
    expect(empty.text).toBe('');
    await put([[0, 'later']]);
    expect((await get({ nextToken: empty.nextForwardToken })).text).toBe('later');
  });

  it('includes the start and excludes the end', async () => {
    await put([
      [0, '1'],
      [1, '2'],
      [2, '3'],
    ]);
    const nowMs = clock.now();
    expect((await get({ startTime: nowMs + 1, endTime: nowMs + 2 })).text).toBe('2');
  });

  it('ends a page at one megabyte', async () => {
    const large = 'x'.repeat(600_000);
    await put([[0, large]]);
    await put([[1, large]]);
    const first = await get({ startFromHead: true });
    expect(first.events).toHaveLength(1);
    expect((await get({ nextToken: first.nextForwardToken })).events).toHaveLength(1);
  });
});

describe('FilterLogEvents', () => {
  it('interleaves streams in order of time', async () => {
    await client.send(new CreateLogStreamCommand({ logGroupName: 'group', logStreamName: 'other' }));
    await put([
      [0, '1'],
      [2, '3'],
    ]);
    await put(
      [
        [1, '2'],
        [3, '4'],
      ],
      'other',
    );
    expect((await filter()).text).toBe('1234');
    expect((await filter({ logStreamNames: ['other'] })).text).toBe('24');
    expect((await filter({ logStreamNamePrefix: 'str' })).text).toBe('13');
    expect((await filter({ logStreamNamePrefix: 'none' })).text).toBe('');
    expect(
      (
        await filter({
          logGroupName: undefined,
          logGroupIdentifier: 'arn:aws:logs:us-east-1:000000000000:log-group:group',
        })
      ).text,
    ).toBe('1234');
    await expect(filter({ logStreamNames: ['stream', 'missing'] })).rejects.toThrow(
      'The specified log stream does not exist.',
    );
    await expect(filter({ logStreamNames: ['stream'], logStreamNamePrefix: 's' })).rejects.toThrow(
      /mutually exclusive/,
    );
  });

  it('includes both ends of the time range', async () => {
    await put([
      [0, '1'],
      [1, '2'],
      [2, '3'],
    ]);
    const nowMs = clock.now();
    expect((await filter({ startTime: nowMs + 1, endTime: nowMs + 2 })).text).toBe('23');
  });

  it('has a token exactly while there is more, with and without a pattern', async () => {
    await put([
      [0, 'a1'],
      [0, 'b'],
      [0, 'a2'],
      [0, 'b'],
      [0, 'a3'],
    ]);
    const page = await filter({ limit: 2, filterPattern: '?a1 ?a2 ?a3' });
    expect(page.text).toBe('a1a2');
    const rest = await filter({ limit: 2, filterPattern: '?a1 ?a2 ?a3', nextToken: page.nextToken });
    expect([rest.text, rest.nextToken]).toEqual(['a3', undefined]);
    expect((await filter({ limit: 5 })).nextToken).toBeUndefined();
  });

  it('looks at no more than 20,000 events a request, those of other streams counted', async () => {
    const { writer } = cloud.services[0];
    const timestampMs = clock.now();
    const others = Array.from({ length: 20_000 }, () => ({ timestampMs, message: 'other' }));
    writer.append('group', 'other', others);
    writer.append('group', 'stream', [{ timestampMs: timestampMs + 1, message: 'mine' }]);
    const first = await filter({ logStreamNames: ['stream'] });
    expect(first).toMatchObject({ events: [], nextToken: expect.any(String) });
    const { text, nextToken } = await filter({ logStreamNames: ['stream'], nextToken: first.nextToken });
    expect({ text, nextToken }).toEqual({ text: 'mine', nextToken: undefined });
  });

  it('gives every event once, whatever the page size', async () => {
    const counts = fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(counts, fc.integer({ min: 1, max: 10 }), fc.uuid(), async (offsets, limit, group) => {
        const events = offsets
          .toSorted((a, b) => a - b)
          .map((offset, index) => ({
            timestampMs: clock.now() + offset,
            message: String(index),
          }));
        cloud.services[0].writer.append(group, 'stream', events);
        const seen: (string | undefined)[] = [];
        let nextToken: string | undefined;
        do {
          const page = await filter({ logGroupName: group, limit, nextToken });
          seen.push(...(page.events ?? []).map((event) => event.message));
          nextToken = page.nextToken;
        } while (nextToken !== undefined);
        expect(seen).toEqual(events.map((event) => event.message));
      }),
      { numRuns: 25 },
    );
  });

  it('looks at a bounded number of events a request, and goes on where it stopped', async () => {
    const events = Array.from({ length: 20_005 }, (_, index) => ({
      timestampMs: clock.now(),
      message: index === 20_004 ? 'needle' : 'hay',
    }));
    cloud.services[0].writer.append('large', 'stream', events);
    const first = await filter({ logGroupName: 'large', filterPattern: 'needle' });
    expect(first.events).toEqual([]);
    const second = await filter({
      logGroupName: 'large',
      filterPattern: 'needle',
      nextToken: first.nextToken,
    });
    expect([second.text, second.nextToken]).toEqual(['needle', undefined]);
  });

  it('gives events distinct ids that sort in time', async () => {
    await put([
      [0, '1'],
      [0, '2'],
      [1, '3'],
    ]);
    const ids = (await filter()).events?.map((event) => event.eventId ?? '') ?? [];
    expect(new Set(ids).size).toBe(3);
    expect(ids.toSorted()).toEqual(ids);
    expect(ids.every((id) => /^\d{56}$/.test(id))).toBe(true);
  });
});

describe('what AWS was recorded to answer', () => {
  const recordings = loadLogsRecordings();
  if (recordings === undefined) {
    it('skipped: recordings not found', ({ skip }) => skip('skipped: recordings not found'));
    return;
  }

  it('events have the recorded members and keep their text', async () => {
    cloud.services[0].writer.append(
      'recorded',
      'stream',
      recordings.messages.map((message) => ({ timestampMs: clock.now(), message })),
    );
    const { events } = await filter({ logGroupName: 'recorded' });
    expect(events?.map((event) => event.message)).toEqual(recordings.messages);
    expect(Object.keys(events?.[0] ?? {}).toSorted()).toEqual(recordings.eventMembers.toSorted());
  });

  it.each([
    [
      'FilterLogEvents over its limit',
      'TestFilterLogEvents::test_filter_log_events_limit_validation',
      'error-limit-exceeded',
      () => filter({ limit: 10_001 }),
    ],
    [
      'FilterLogEvents with an unknown token',
      'TestFilterLogEvents::test_filter_log_events_unknown_token',
      'invalid-token',
      () => filter({ nextToken: 'unknown' }),
    ],
    [
      'PutLogEvents to a missing stream',
      'TestLogsEvents::test_put_log_events_to_invalid_stream',
      'error-invalid-stream',
      () => put([[0, 'a']], 'missing'),
    ],
    [
      'PutLogEvents out of order',
      'TestLogsEvents::test_put_log_events_wrong_order',
      'error-wrong-order',
      () =>
        put([
          [1, 'a'],
          [0, 'b'],
        ]),
    ],
    [
      'GetLogEvents with an invalid token',
      'TestLogsEvents::test_get_log_events_invalid_token',
      'error-invalid-token',
      () => get({ nextToken: 'invalid' }),
    ],
    [
      'GetLogEvents over its limit',
      'TestLogsEvents::test_get_log_events_limit_validation',
      'error-limit-exceeded',
      () => get({ limit: 10_001 }),
    ],
    [
      'a missing group',
      'TestLogsEventsErrors::test_resource_does_not_exist',
      'error-log-group-does-not-exist',
      () => get({ logGroupName: 'missing' }),
    ],
    [
      'a missing stream',
      'TestLogsEventsErrors::test_resource_does_not_exist',
      'error-log-stream-does-not-exist',
      () => get({ logStreamName: 'missing' }),
    ],
  ])('%s', async (_, recordedTest, key, call) => {
    await expect(call()).rejects.toMatchObject(recordings.error(recordedTest, key));
  });
});
