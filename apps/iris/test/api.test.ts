import { functionLog, waitForReports } from '@skyground/cloud';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { predictionsSchema } from '../src/answer.ts';
import { EXAMPLE_BODY } from '../src/example-request.ts';
import { deployIris, startTestCloud, type TestCloud } from './support/test-cloud.ts';

const MIB = 1024 ** 2;
const row = [5.1, 3.5, 1.4, 0.2];
const signal = new AbortController().signal;

let cloud: TestCloud;
let url: string;
let logGroup: string;

beforeAll(async () => {
  cloud = await startTestCloud();
  ({ url, logGroup } = await deployIris(cloud));
});
afterAll(async () => {
  await cloud.stop();
});

async function send(init: RequestInit, path = '') {
  const response = await fetch(`${url}${path}`, init);
  const { headers, status } = response;
  return {
    status,
    requestId: headers.get('x-lambda-request-id'),
    type: headers.get('content-type'),
    body: await response.text(),
  };
}

const posted = (body?: string) => ({ method: 'POST', ...(body === undefined ? {} : { body }) });
const ofValues = (values: unknown) => posted(JSON.stringify({ values }));

interface Refusal {
  readonly sent: string;
  readonly request: RequestInit;
  /** Below the route. */
  readonly path?: string;
  readonly by: 'handler' | 'gateway';
  readonly status: number;
  readonly reason: string | RegExp;
}

const byHandler = (sent: string, request: RequestInit, reason: string | RegExp): Refusal => ({
  sent,
  request,
  by: 'handler',
  status: 400,
  reason,
});
const tooLong = { by: 'gateway', status: 413, reason: 'Request Too Long' } as const;
const noSuchMethod = { by: 'gateway', status: 403, reason: 'Missing Authentication Token' } as const;

/** Every row of the README's table. */
const REFUSED: readonly Refusal[] = [
  byHandler('no body', posted(), /^body: expected JSON text such as .*, received null\.$/),
  byHandler('not JSON', posted('5.1 3.5'), /^body: expected JSON such as .*, but Unexpected /),
  byHandler('NaN', posted('{"values":[[NaN,3.5,1.4,0.2]]}'), /^body: expected JSON .* token 'N'/),
  byHandler('no object', posted('[]'), /^body: expected an object such as .*, received an array of 0\.$/),
  byHandler(
    'another member',
    posted('{"values":[[1,2,3,4]],"x":1}'),
    'body: expected values and nothing else, received "x".',
  ),
  byHandler('1 MB', posted(' '.repeat(MIB)), 'body: expected at most 262144 bytes, received 1048576.'),
  byHandler('no values', posted('{}'), /^values: expected rows such as .*, received nothing\.$/),
  byHandler('no rows', ofValues([]), 'values: expected 1 to 1000 rows, received 0.'),
  byHandler('1,001 rows', ofValues(Array(1001).fill(row)), 'values: expected 1 to 1000 rows, received 1001.'),
  byHandler('a row alone', ofValues(row), 'values[0]: expected a row of 4 numbers, received 5.1.'),
  byHandler(
    'a short row',
    ofValues([row, [1, 2, 3]]),
    'values[1]: expected a row of 4 numbers, received an array of 3.',
  ),
  byHandler(
    'a text for a number',
    ofValues([[1, 2, 3, '4']]),
    'values[0][3]: expected a finite number, received "4".',
  ),
  byHandler(
    'a number beyond all',
    posted('{"values":[[1e999,3.5,1.4,0.2]]}'),
    'values[0][0]: expected a finite number, received Infinity.',
  ),
  { sent: 'more than an event may have (6 MB)', request: posted(' '.repeat(7 * MIB)), ...tooLong },
  { sent: 'more than 10 MB', request: posted(' '.repeat(10 * MIB + 1)), ...tooLong },
  { sent: 'another method', request: { method: 'GET' }, ...noSuchMethod },
  { sent: 'another path', request: ofValues([row]), path: '/more', ...noSuchMethod },
];

describe('POST /predict', () => {
  it('answers the example, and a thousand rows', async () => {
    const answer = await send(posted(JSON.stringify(EXAMPLE_BODY)));
    expect(answer).toMatchObject({ status: 200, type: 'application/json' });
    expect(predictionsSchema.parse(JSON.parse(answer.body))).toMatchObject({
      predictions: [0],
      classNames: ['setosa'],
    });

    const many = await send(ofValues(Array(1000).fill(row)));
    expect(many.status).toBe(200);
    expect(predictionsSchema.parse(JSON.parse(many.body)).predictions).toEqual(Array(1000).fill(0));
  });

  it.each(REFUSED)('refuses $sent', async ({ request, path, by, status, reason }) => {
    const answer = await send(request, path);
    expect(answer).toMatchObject({ status, type: 'application/json' });
    expect(answer.requestId === null).toBe(by === 'gateway');
    expect(JSON.parse(answer.body)).toEqual({
      message: typeof reason === 'string' ? reason : expect.stringMatching(reason),
    });
  });

  it('is still served by its first environment after all these, whose log explains its cold start once', async () => {
    const sinceMs = Date.now();
    const { requestId } = await send(ofValues([row]));
    const options = { requestIds: [requestId ?? ''], sinceMs, waitMs: 20_000, signal };
    const report = (await waitForReports(cloud.clients, logGroup, options)).get(requestId ?? '');
    expect(report).toMatchObject({ initMs: null });

    const lines = await functionLog(cloud.clients, logGroup, { sinceMs: 0, signal });
    expect(lines.filter(({ message }) => message.startsWith('INIT_START'))).toHaveLength(1);
    const [coldStart, ...more] = lines.filter(({ message }) => message.includes('coldStart'));
    expect(more).toEqual([]);
    expect(JSON.parse(coldStart?.message.slice(coldStart.message.indexOf('{')) ?? '')).toMatchObject({
      coldStart: { initialisationType: 'on-demand', compileCache: null },
    });
  });
});
